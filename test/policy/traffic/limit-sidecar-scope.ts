import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const sidecar = (...hosts: unknown[]) =>
    object("sidecar", "shop/default", { spec: { egress: [{ hosts }] } });
const all =
    'Sidecar "shop/default" has "*/*" in spec.egress[0].hosts, which limits nothing; list the namespaces and hosts ' +
    "that its workloads call.";

export const table: RuleTable = {
    allowed: {
        "namespaces and hosts": sidecar("./*", "istio-system/*", "*/api.example.com", "~/*"),
        "no egress": object("sidecar", "shop/default", { spec: {} }),
    },
    denied: {
        everything: [sidecar("./*", "*/*"), [all]],
        "a bare host": [
            sidecar("api.example.com"),
            [
                'Sidecar "shop/default" has "api.example.com" in spec.egress[0].hosts, which istiod refuses; write ' +
                    "<namespace>/<host>, such as ./* for its own namespace (IST0106, KIA1004).",
            ],
        ],
    },
    unknown: {
        "a host that a preview can't know": [
            sidecar("*/*", unknown.string),
            ["string value at .spec.egress.0.hosts.1 can't be known during preview"],
            [all],
        ],
    },
    config: {},
};
