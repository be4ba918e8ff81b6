import assert from "node:assert/strict";
import { gatewayAddress, type LoadBalancerStatus } from "../../../components/plan/gateway-address";

describe("gatewayAddress", () => {
    const inside = "edge.istio-ingress.svc.cluster.local";
    const rows: [title: string, status: LoadBalancerStatus | undefined, address: string][] = [
        ["no status, as in a preview", undefined, inside],
        ["an empty status", {}, inside],
        ["a load balancer without addresses", { loadBalancer: {} }, inside],
        ["a load balancer with none yet", { loadBalancer: { ingress: [] } }, inside],
        ["an IP", { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } }, "192.0.2.1"],
        [
            "a host name",
            { loadBalancer: { ingress: [{ hostname: "lb.example.com" }] } },
            "lb.example.com",
        ],
        [
            "both, where the host name outlives the IP",
            { loadBalancer: { ingress: [{ ip: "192.0.2.1", hostname: "lb.example.com" }] } },
            "lb.example.com",
        ],
        [
            "several, by the first",
            { loadBalancer: { ingress: [{ ip: "192.0.2.1" }, { ip: "192.0.2.2" }] } },
            "192.0.2.1",
        ],
    ];
    for (const [title, status, address] of rows) {
        it(`answers at ${address} for ${title}`, () => {
            const gateway = { name: "edge", namespace: "istio-ingress" };
            assert.equal(gatewayAddress(gateway, status), address);
        });
    }
});
