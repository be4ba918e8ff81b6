/** Clients that speak another TLS than servers take, and what verify says of them. */
import { object } from "../support/policy";
import {
    INJECTED,
    istiod,
    meshed,
    namespace,
    peer,
    pod,
    sidecars,
    STRICT,
} from "../support/live-mesh";
import { TAKEN, UNSTRICT } from "./faults";
import type { Fault } from "./faults";

const service = object("service", "shop/cart", { spec: { selector: { app: "cart" } } });
const rule = (mode: string) =>
    object("destinationRule", "shop/cart", {
        spec: { host: "cart", trafficPolicy: { tls: { mode } } },
    });
const REMOVE = "Remove the tls block: Istio then follows what the server takes.";

export const CLIENT_FAULTS: Readonly<Record<string, Fault>> = {
    "clients in plaintext to a strict server": {
        objects: [...sidecars, service, rule("DISABLE"), meshed("shop/cart-a")],
        finds: [
            "client-tls | DestinationRule shop/cart | it has mode DISABLE in spec.trafficPolicy.tls for cart, but " +
                "PeerAuthentication istio-system/default demands STRICT of pod shop/cart-a behind it: requests fail " +
                `with a connection reset. | ${REMOVE}`,
        ],
    },
    "clients with mutual TLS to a server without": {
        objects: [
            ...sidecars.filter(({ kind }) => kind !== "Namespace"),
            namespace("shop"),
            ...[service, rule("ISTIO_MUTUAL"), pod("shop/cart-a", { labels: { app: "cart" } })],
        ],
        finds: [
            "client-tls | DestinationRule shop/cart | it has mode ISTIO_MUTUAL in spec.trafficPolicy.tls for cart, but " +
                "pod shop/cart-a behind it is outside the mesh and takes no mutual TLS: requests fail with 503. | " +
                "Bring the server into the mesh, or remove the tls block: Istio then follows what the server takes.",
        ],
    },
    "clients with TLS of their own to a server that takes both": {
        objects: [
            ...[...UNSTRICT, peer("shop/default", "PERMISSIVE")],
            ...[service, rule("SIMPLE"), meshed("shop/cart-a")],
        ],
        finds: [
            "plaintext-taken | Deployment shop/cart | it takes plaintext beside mutual TLS: PeerAuthentication " +
                `shop/default says PERMISSIVE. | ${TAKEN}`,
            "tls-of-its-own | DestinationRule shop/cart | it has mode SIMPLE in spec.trafficPolicy.tls for cart, so " +
                `pod shop/cart-a behind it doesn't learn who calls. | ${REMOVE}`,
        ],
    },
    "automatic mutual TLS turned off": {
        objects: [
            ...istiod({ mesh: { enableAutoMtls: false } }),
            namespace("shop", INJECTED),
            STRICT,
        ],
        finds: [
            "no-auto-mtls | Deployment istio-system/istiod | the mesh's configuration has enableAutoMtls: false, so " +
                "clients with sidecars speak plaintext wherever no DestinationRule says ISTIO_MUTUAL. | Remove " +
                "enableAutoMtls from the mesh's configuration: istiod then follows what each server takes.",
        ],
    },
};
