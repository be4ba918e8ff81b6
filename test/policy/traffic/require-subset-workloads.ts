import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = object("service", "shop/cart", { spec: { selector: { app: "cart" } } });
const pods = (version: unknown, name = "shop/cart") =>
    object("deployment", name, {
        spec: { template: { metadata: { labels: { app: "cart", version } } } },
    });
const rule = (labels: object) =>
    object("destinationRule", "shop/cart", {
        spec: { host: "cart", subsets: [{ name: "v2", labels }] },
    });
const empty = (pairs: string) =>
    `DestinationRule "shop/cart" has subset "v2" for ${pairs}, which no pod of Service "shop/cart" has; label ` +
    "the pods, or correct the subset (IST0173, KIA0203).";

export const table: RuleTable = {
    allowed: {
        "pods of the version": [
            service,
            pods("v1"),
            pods("v2", "shop/cart-v2"),
            rule({ version: "v2" }),
        ],
        "no labels": [service, pods("v1"), rule({})],
        "a place, which Istio adds": [
            service,
            pods("v1"),
            rule({ "topology.kubernetes.io/zone": "a" }),
        ],
        "pods that another program runs": [service, rule({ version: "v2" })],
        "a Service that another program makes": [pods("v1"), rule({ version: "v2" })],
    },
    denied: {
        "another version": [[service, pods("v1"), rule({ version: "v2" })], [empty("version=v2")]],
        "the version elsewhere": [
            [service, pods("v1"), pods("v2", "web/cart"), rule({ version: "v2" })],
            [empty("version=v2")],
        ],
    },
    unknown: {
        "a label that a preview can't know": [
            [service, pods(unknown.string), rule({ version: "v2" })],
            [
                '"cart": string value at .spec.template.metadata.labels.version can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
