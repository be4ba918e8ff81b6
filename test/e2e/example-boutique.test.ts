/** Proves that the boutique goes up, is taken by istiod whole, and goes away. ztunnel doesn't run in the sandbox. */
import assert from "node:assert/strict";
import { example } from "./examples";
import { eventually } from "./living-requests";
import { kubectl } from "./living-sandbox";

const SHOP = "boutique-dev";

example(
    "boutique",
    [
        `Gateway/${SHOP}/waypoint`,
        "Gateway/istio-ingress/istio-ingress",
        `HTTPRoute/${SHOP}/checkout`,
        `HTTPRoute/${SHOP}/frontend`,
        `VirtualService/${SHOP}/frontend-ingress`,
        `PeerAuthentication/${SHOP}/default`,
        `AuthorizationPolicy/${SHOP}/cart-from-shop`,
        `AuthorizationPolicy/${SHOP}/checkout-from-frontend`,
        `AuthorizationPolicy/${SHOP}/default-deny`,
        `AuthorizationPolicy/${SHOP}/frontend-from-outside`,
        `AuthorizationPolicy/${SHOP}/only-waypoint`,
    ],
    () => {
        it("is sent through its waypoint, by istiod's own word", async () => {
            await eventually(async () => {
                const programmed = await kubectl(
                    ...["-n", SHOP, "get", "gateways.gateway.networking.k8s.io", "waypoint"],
                    ...["-o", 'jsonpath={.status.conditions[?(@.type=="Programmed")].status}'],
                );
                assert.equal(programmed, "True");
            });
        });
    },
    { namespaces: [SHOP, "istio-ingress"] },
);
