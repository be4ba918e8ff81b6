import {
    configMap,
    edge,
    gateway,
    istio,
    istiod,
    istiodHpa,
    sized,
} from "../../support/mesh-workloads";
import { type Fixture, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

/** The workload with fields of its pods' spec, as the program asks for it and gets it back. */
function withPod({ type, name, props }: Fixture, pod: object): Fixture {
    const { metadata, spec } = structuredClone(props) as {
        metadata: object;
        spec: { template: { spec: object } };
    };
    spec.template.spec = { ...spec.template.spec, ...pod };
    return { type, name, props: { metadata, spec } };
}

const over = (...topologyKeys: string[]) => ({
    topologySpreadConstraints: topologyKeys.map((topologyKey) => ({ maxSkew: 1, topologyKey })),
});
const host = "kubernetes.io/hostname";
const zone = "topology.kubernetes.io/zone";
const apart = (subject: string, field: string, given: string, missing: string, them = "it") =>
    `${subject} may run all its pods in one place: ${field} spreads them over ${given}, not ${missing}; ` +
    `add topologySpreadConstraints for ${them}.`;
const istiodPlace = (given: string, missing: string, them?: string) =>
    apart('Deployment "istio-system/istiod"', "spec.template.spec", given, missing, them);
const sailPlace = 'Istio "default"';
const waypointPods = (topology: string) => [
    gateway(sized),
    configMap({
        deployment: `spec: {replicas: 2, template: {spec: {topologySpreadConstraints: [${topology}]}}}`,
    }),
];

export const table: RuleTable = {
    allowed: {
        "istiod spread over nodes": withPod(istiod(3), over(host, zone)),
        "istiod with an anti-affinity": withPod(istiod(3), { affinity: { podAntiAffinity: {} } }),
        "one gateway, which has nothing to be kept from": edge(1),
        "an autoscaler that goes down to one": [istiod(), istiodHpa(1)],
        "a waypoint spread by its ConfigMap": waypointPods(`{topologyKey: ${host}}`),
        "Sail's istiod spread by values": istio({ pilot: { autoscaleMin: 3, ...over(host) } }),
        "Sail's single istiod": istio({}),
    },
    denied: {
        "istiod spread over nothing": [istiod(3), [istiodPlace("nothing", host)]],
        "istiod that its autoscaler multiplies": [
            [istiod(), istiodHpa(2)],
            [istiodPlace("nothing", host)],
        ],
        "istiod spread over zones alone": [
            withPod(istiod(3), over(zone)),
            [istiodPlace(zone, host)],
        ],
        "a gateway": [
            edge(2),
            [apart('Deployment "ingress/edge"', "spec.template.spec", "nothing", host)],
        ],
        "a waypoint whose ConfigMap says nothing of it": [
            waypointPods(""),
            [
                apart(
                    'Gateway "shop/waypoint"',
                    'spec.template.spec in key "deployment" of ConfigMap "shop/opts"',
                    "nothing",
                    host,
                ),
            ],
        ],
        "Sail's istiod": [
            istio({ pilot: { autoscaleMin: 3 } }),
            [apart(sailPlace, "spec.values.pilot", "nothing", host)],
        ],
    },
    unknown: {
        "a topology that isn't known yet": [
            withPod(istiod(3), over(unknown.string)),
            [
                '"istiod": string value at .spec.template.spec.topologySpreadConstraints.0.topologyKey ' +
                    "can't be known during preview",
            ],
        ],
    },
    config: {
        topologyKeys: [
            {
                value: [host, zone],
                objects: [withPod(istiod(3), over(host))],
                messages: [istiodPlace(host, zone)],
            },
            {
                value: ["rack", "room"],
                objects: [istiod(3)],
                messages: [istiodPlace("nothing", "rack and room", "them")],
            },
        ],
    },
};
