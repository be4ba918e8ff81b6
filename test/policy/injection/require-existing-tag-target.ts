import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const tag = (kind: string | undefined, name: string) =>
    object("istioRevisionTag", "stable", { spec: { targetRef: { kind, name } } });
const ztunnel = (spec: object) => object("ztunnel", "default", { spec });
const mesh = object("istio", "mesh", {
    spec: { version: "v1.31.3", updateStrategy: { type: "RevisionBased" } },
});
const missing = (subject: string, target: string, effect: string, known: string) =>
    `${subject} points to ${target}, which this stack doesn't make, so ${effect}; there are ${known}.`;
const unserved = "nothing serves the tag";

export const table: RuleTable = {
    allowed: {
        "a tag of an Istio": [mesh, tag("Istio", "mesh")],
        "a tag of the revision that the operator makes": [
            mesh,
            tag("IstioRevision", "mesh-v1-31-3"),
        ],
        "a tag of the revision before, which the operator keeps": [
            mesh,
            tag("IstioRevision", "mesh-v1-30-7"),
        ],
        "a ZTunnel of an Istio": [mesh, ztunnel({ targetRef: { kind: "Istio", name: "mesh" } })],
        "a ZTunnel without a target": [mesh, ztunnel({})],
        "a mesh of another stack": [tag("Istio", "mesh")],
    },
    denied: {
        "no such Istio": [
            [mesh, tag("Istio", "default")],
            [missing('IstioRevisionTag "stable"', 'Istio "default"', unserved, '"mesh"')],
        ],
        "a revision of another version": [
            [mesh, object("istioRevision", "mesh-v1-30-7"), tag("IstioRevision", "mesh-v1-29-4")],
            [
                missing(
                    'IstioRevisionTag "stable"',
                    'IstioRevision "mesh-v1-29-4"',
                    unserved,
                    '"mesh-v1-30-7", "mesh-v1-31-3"',
                ),
            ],
        ],
        "another kind": [
            [tag("Deployment", "istiod")],
            [
                'IstioRevisionTag "stable" has spec.targetRef.kind "Deployment"; set it to Istio or IstioRevision.',
            ],
        ],
        "a ZTunnel of no Istio": [
            [mesh, ztunnel({ targetRef: { kind: "Istio", name: "default" } })],
            [missing('ZTunnel "default"', 'Istio "default"', "it isn't reconciled", '"mesh"')],
        ],
    },
    unknown: {
        "a target that isn't known yet": [
            [mesh, tag("Istio", unknown.string)],
            ['"stable": string value at .spec.targetRef.name can\'t be known during preview'],
        ],
    },
    config: {
        elsewhere: [
            {
                value: ["other"],
                objects: [
                    mesh,
                    tag("Istio", "other"),
                    ztunnel({ targetRef: { kind: "Istio", name: "default" } }),
                ],
                messages: [
                    missing(
                        'ZTunnel "default"',
                        'Istio "default"',
                        "it isn't reconciled",
                        '"mesh"',
                    ),
                ],
            },
        ],
    },
};
