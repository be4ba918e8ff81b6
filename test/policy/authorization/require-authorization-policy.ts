import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = (labels: object) => object("namespace", "shop", { metadata: { labels } });
const served = namespace({ "istio-injection": "enabled" });
const ambient = namespace({
    "istio.io/dataplane-mode": "ambient",
    "istio.io/use-waypoint": "waypoint",
});
const workload = (metadata: object = {}) =>
    object("deployment", "shop/cart", {
        spec: { template: { metadata: { labels: { app: "cart" }, ...metadata } } },
    });
const service = object("service", "shop/cart", { spec: { selector: { app: "cart" } } });
const policy = (name: string, spec: object = {}) => object("authorizationPolicy", name, { spec });
const uncovered = (kind = "Deployment") =>
    `${kind} "shop/cart" takes requests from everyone in the mesh: no AuthorizationPolicy holds for its pods; ` +
    "add one in its namespace that says who may call (KIA1301).";
const selecting = (app: string) => ({ selector: { matchLabels: { app } } });
const target = (kind: string, name: string) => ({ targetRefs: [{ kind, name }] });

export const table: RuleTable = {
    allowed: {
        "a policy for it": [served, workload(), policy("shop/cart", selecting("cart"))],
        "a policy for the namespace": [served, workload(), policy("shop/all")],
        "a policy for the mesh": [served, workload(), policy("istio-system/all")],
        "a policy for its Service": [
            ambient,
            service,
            workload(),
            policy("shop/cart", target("Service", "cart")),
        ],
        "a policy for its waypoint": [
            ambient,
            workload(),
            policy("shop/w", target("Gateway", "waypoint")),
        ],
        "a namespace outside the mesh": [namespace({}), workload()],
        "a namespace that another program makes": workload(),
        "a pod that stays out": [
            served,
            workload({ labels: { app: "cart", "sidecar.istio.io/inject": "false" } }),
        ],
        "a gateway": [
            served,
            workload({ annotations: { "inject.istio.io/templates": "gateway" } }),
        ],
    },
    denied: {
        "no policy": [[served, workload()], [uncovered()]],
        "a policy for others": [
            [served, workload(), policy("shop/web", selecting("web"))],
            [uncovered()],
        ],
        "a policy elsewhere": [[served, workload(), policy("web/all")], [uncovered()]],
        "a policy for another Service": [
            [ambient, service, workload(), policy("shop/web", target("Service", "web"))],
            [uncovered()],
        ],
        "a policy for another waypoint": [
            [ambient, workload(), policy("shop/w", target("Gateway", "other"))],
            [uncovered()],
        ],
        "other kinds": [
            [served, object("statefulSet", "shop/cart"), object("daemonSet", "shop/cart")],
            [uncovered("StatefulSet"), uncovered("DaemonSet")],
        ],
    },
    unknown: {
        "a selector that a preview can't know": [
            [
                served,
                workload(),
                policy("shop/cart", { selector: { matchLabels: { app: unknown.string } } }),
            ],
            [
                '"cart": string value at .spec.selector.matchLabels.app can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
