import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const ambient = object("namespace", "shop", {
    metadata: { labels: { "istio.io/dataplane-mode": "ambient" } },
});
const policy = (...rules: object[]) =>
    object("networkPolicy", "shop/web", { spec: { ingress: rules } });
const cut = (ports: string) =>
    `NetworkPolicy "shop/web" allows ${ports} for pods in ambient, but not 15008, at which ztunnel takes all ` +
    "connections of the mesh; add TCP 15008.";

export const table: RuleTable = {
    allowed: {
        "the port beside the application's": [
            ambient,
            policy({ ports: [{ port: 8080 }, { port: 15008 }] }),
        ],
        "a range": [ambient, policy({ ports: [{ port: 15000, endPort: 15010 }] })],
        "a rule without ports": [ambient, policy({ ports: [{ port: 8080 }] }, { from: [{}] })],
        "all of TCP": [ambient, policy({ ports: [{ protocol: "TCP" }] })],
        "a policy that denies all on purpose": [ambient, policy()],
        "a namespace outside ambient": policy({ ports: [{ port: 8080 }] }),
    },
    denied: {
        "the application's ports alone": [
            [ambient, policy({ ports: [{ port: 8080 }, { port: "metrics" }] })],
            [cut("8080, metrics")],
        ],
        "a range beside it, and UDP": [
            [
                ambient,
                policy({
                    ports: [
                        { port: 9000, endPort: 9100 },
                        { port: 15008, protocol: "UDP" },
                    ],
                }),
            ],
            [cut("9000-9100, 15008")],
        ],
    },
    unknown: {
        "a port that isn't known yet": [
            [ambient, policy({ ports: [{ port: unknown.number }] })],
            ['"web": number value at .spec.ingress.0.ports.0.port can\'t be known during preview'],
        ],
    },
    config: {},
};
