import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, workload } from "../../support/workloads";

const namespace = (labels: object) => object("namespace", "ingress", { metadata: { labels } });
const edge = (labels: object, spec: object = {}) =>
    workload("deployment", "ingress/edge", {
        labels,
        containers: [{ name: "istio-proxy", image: "auto" }],
        ...spec,
    });
const stuck = (why: string) =>
    `Deployment "ingress/edge" leaves the image of "istio-proxy" to the injector (auto), but ${why}, ` +
    "so it can't start; let it be injected, or name an image (IST0146, IST0147).";
const inject = "sidecar.istio.io/inject";

export const table: RuleTable = {
    allowed: {
        "the gateway chart in an unlabelled namespace": [namespace({}), chartGateway],
        "the gateway chart in an ambient namespace": [
            namespace({ "istio.io/dataplane-mode": "ambient" }),
            chartGateway,
        ],
        "a namespace that injects": [namespace({ "istio-injection": "enabled" }), edge({})],
        "a revision that injects": [namespace({ "istio.io/rev": "canary" }), edge({})],
        "a pod that asks for a revision": [namespace({}), edge({ "istio.io/rev": "canary" })],
        "a namespace of another stack": [edge({})],
        "an image of its own": [
            namespace({}),
            workload("deployment", "ingress/web", { containers: [{ image: "nginx:1.29" }] }),
        ],
    },
    denied: {
        "nothing asks": [
            [namespace({}), edge({})],
            [stuck('neither it nor namespace "ingress" asks for a sidecar')],
        ],
        "a namespace that blocks": [
            [namespace({ "istio-injection": "disabled" }), edge({ [inject]: "true" })],
            [stuck('namespace "ingress" has istio-injection=disabled')],
        ],
        "a pod that opts out": [[edge({ [inject]: "false" })], [stuck(`it has ${inject}="false"`)]],
        "a pod in the node's network": [
            [namespace({ "istio-injection": "enabled" }), edge({}, { hostNetwork: true })],
            [stuck("it runs in the node's network")],
        ],
    },
    unknown: {
        "a namespace's label that isn't known yet": [
            [namespace({ "istio-injection": unknown.string }), edge({})],
            [
                '"edge": string value at .metadata.labels.istio-injection can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
