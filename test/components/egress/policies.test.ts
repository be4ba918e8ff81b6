/** What an egress gateway's settings come to breaks no rule of the pack. */
import assert from "node:assert/strict";
import { egressGatewayObject } from "../../../components/egress/gateway-api-objects";
import { egressPlan } from "../../../components/egress/plan";
import { families } from "../../../policy/rules";
import { judge, object, type Given } from "../../support/policy";
import { gateway, mail, payment } from "./entries";

/** What the gateway chart makes, as far as rules ask for it. */
const CHART: readonly Given[] = [
    object("service", "istio-egress/out", {
        spec: {
            type: "ClusterIP",
            selector: { app: "out", istio: "out" },
            ports: [
                { name: "status-port", port: 15021, targetPort: 15021 },
                { name: "http2", port: 80, targetPort: 80 },
                { name: "https", port: 443, targetPort: 443 },
            ],
        },
    }),
    object("deployment", "istio-egress/out", {
        spec: {
            selector: { matchLabels: { app: "out", istio: "out" } },
            template: {
                metadata: {
                    labels: { app: "out", istio: "out", "sidecar.istio.io/inject": "true" },
                    annotations: { "inject.istio.io/templates": "gateway" },
                },
                spec: {
                    containers: [
                        {
                            name: "istio-proxy",
                            image: "auto",
                            resources: { requests: { cpu: "100m", memory: "128Mi" } },
                        },
                    ],
                },
            },
        },
    }),
];

const waypoint = object("gateway", "istio-egress/out", {
    spec: { gatewayClassName: "istio-waypoint", listeners: [{ port: 15008, protocol: "HBONE" }] },
});

/** Rules about how a mesh is installed and sized, of which these objects are only a part. */
const OTHERS = ["availability", "resources", "supply-chain", "versions", "lifecycle"];

describe("the policy pack", () => {
    for (const via of ["chart", "gateway-api", "waypoint"] as const) {
        const made: readonly Given[] = {
            chart: CHART,
            "gateway-api": [egressGatewayObject(gateway("gateway-api"), "out-options")],
            waypoint: [waypoint],
        }[via];
        const home = object("namespace", "istio-egress", {
            metadata: {
                labels:
                    via === "waypoint"
                        ? { "istio.io/dataplane-mode": "ambient" }
                        : { "istio-injection": "enabled" },
            },
        });
        const objects = [home, ...made, ...egressPlan(gateway(via), [payment, mail])];

        it(`takes an egress gateway by ${via}`, async () => {
            const broken: string[] = [];
            for (const [family, rules] of Object.entries(families)) {
                if (OTHERS.includes(family)) continue;
                for (const rule of rules) {
                    if (rule.enforcementLevel !== "mandatory") continue;
                    const { violations } = await judge(rule, objects);
                    broken.push(...violations.map((text) => `${rule.name}: ${text}`));
                }
            }
            assert.deepEqual(broken, []);
        });
    }
});
