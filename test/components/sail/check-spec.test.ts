import assert from "node:assert/strict";
import { pathOf, specProblems } from "../../../components/sail/check-spec";
import type { SailKind } from "../../../components/sail/schema";
import type { IstioSpec, ZTunnelSpec } from "../../../components/sail/crs.generated";

const istio: IstioSpec = {
    version: "v1.31.3",
    namespace: "istio-system",
    profile: "ambient",
    updateStrategy: { type: "RevisionBased", inactiveRevisionDeletionGracePeriodSeconds: 3600 },
    values: {
        pilot: {
            env: { PILOT_ENABLE_AMBIENT: "true" },
            autoscaleMin: 3,
            trustedZtunnelNamespace: "ztunnel",
            topologySpreadConstraints: [
                { maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "ScheduleAnyway" },
            ],
        },
        global: { hub: "docker.io/istio", multiCluster: { clusterName: "homelab" } },
        meshConfig: { trustDomain: "cluster.local" },
        gatewayClasses: { "istio-waypoint": { deployment: { spec: { replicas: 3 } } } },
    },
};

const ztunnel: ZTunnelSpec = {
    version: "v1.31.3",
    namespace: "ztunnel",
    targetRef: { kind: "Istio", name: "default" },
    values: { ztunnel: { multiCluster: { clusterName: "homelab" }, network: "n" } },
};

describe("a spec against the operator's CRD", () => {
    it("takes what the CRD takes", () => {
        assert.deepEqual(specProblems("Istio", istio), []);
        assert.deepEqual(specProblems("ZTunnel", ztunnel), []);
        assert.deepEqual(
            specProblems("IstioRevisionTag", { targetRef: { kind: "Istio", name: "default" } }),
            [],
        );
    });

    const dropped: [string, SailKind, unknown, string][] = [
        ["istiod's pdb", "Istio", { values: { pdb: { minAvailable: 2 } } }, "spec.values.pdb"],
        [
            "revision tags of istiod's chart",
            "Istio",
            { values: { revisionTags: ["canary"] } },
            "spec.values.revisionTags",
        ],
        [
            "the webhook's failure policy",
            "Istio",
            { values: { base: { validationFailurePolicy: "Fail" } } },
            "spec.values.base.validationFailurePolicy",
        ],
        [
            "a waypoint's tolerations",
            "Istio",
            { values: { global: { waypoint: { tolerations: [] } } } },
            "spec.values.global.waypoint.tolerations",
        ],
        [
            "tolerations of the CNI agent",
            "IstioCNI",
            { values: { cni: { tolerations: [] } } },
            "spec.values.cni.tolerations",
        ],
        [
            "ztunnel's cluster name under global",
            "ZTunnel",
            { values: { global: { multiCluster: { clusterName: "homelab" } } } },
            "spec.values.global.multiCluster",
        ],
        [
            "ztunnel's network under global",
            "ZTunnel",
            { values: { global: { network: "n" } } },
            "spec.values.global.network",
        ],
        [
            "a field that only one of the releases knows",
            "ZTunnel",
            { values: { ztunnel: { annotations: {} } } },
            "spec.values.ztunnel.annotations",
        ],
    ];
    for (const [what, kind, spec, path] of dropped) {
        it(`refuses ${what}`, () => {
            const found = specProblems(kind, {
                version: "v1.31.3",
                namespace: "istio-system",
                ...(spec as object),
            });
            assert.deepEqual(found.map(pathOf), [path]);
            assert.match(found[0]?.message ?? "", /would be dropped in silence; known here: /);
        });
    }

    const wrong: [string, SailKind, unknown, string][] = [
        [
            "a boolean in env",
            "Istio",
            { ...istio, values: { pilot: { env: { A: true } } } },
            "spec.values.pilot.env.A: true is no text; put it in quotes",
        ],
        [
            "an unknown profile",
            "Istio",
            { ...istio, profile: "minimal" },
            'spec.profile: "minimal" is not one of ambient, default, demo, empty, external, openshift, openshift-ambient, preview, remote, stable',
        ],
        [
            "a negative grace period",
            "Istio",
            { ...istio, updateStrategy: { inactiveRevisionDeletionGracePeriodSeconds: -1 } },
            "spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds: -1 is below 0",
        ],
        [
            "half a replica",
            "Istio",
            { ...istio, values: { pilot: { autoscaleMin: 1.5 } } },
            "spec.values.pilot.autoscaleMin: 1.5 is no whole number",
        ],
        [
            "a list where an object stands",
            "Istio",
            { ...istio, values: [] },
            "spec.values: [] is no object",
        ],
        ["a tag without a target", "IstioRevisionTag", {}, "spec.targetRef: is missing"],
        [
            "a tag that points to a Deployment",
            "IstioRevisionTag",
            { targetRef: { kind: "Deployment", name: "istiod" } },
            'spec.targetRef.kind: "Deployment" is not one of Istio, IstioRevision',
        ],
        ["no namespace", "ZTunnel", { version: "v1.31.3" }, "spec.namespace: is missing"],
        [
            "a text for a boolean",
            "Istio",
            { ...istio, values: { pilot: { autoscaleEnabled: "yes" } } },
            'spec.values.pilot.autoscaleEnabled: "yes" is neither true nor false',
        ],
        [
            "an object for a port",
            "Istio",
            { ...istio, values: { pilot: { rollingMaxSurge: {} } } },
            "spec.values.pilot.rollingMaxSurge: {} is no whole number or text",
        ],
    ];
    for (const [what, kind, spec, message] of wrong) {
        it(`refuses ${what}`, () => {
            const found = specProblems(kind, spec).map(
                (problem) => `${pathOf(problem)}: ${problem.message}`,
            );
            assert.deepEqual(found, [message]);
        });
    }

    it("reports every mistake at once", () => {
        const spec = { version: 1, values: { pdb: {}, pilot: { env: { A: 1 }, nope: 1 } } };
        assert.deepEqual(specProblems("Istio", spec).map(pathOf), [
            "spec.namespace",
            "spec.version",
            "spec.values.pdb",
            "spec.values.pilot.env.A",
            "spec.values.pilot.nope",
        ]);
    });
});
