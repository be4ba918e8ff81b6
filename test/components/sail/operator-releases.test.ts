import assert from "node:assert/strict";
import {
    activeRevision,
    merged,
    releaseOfZTunnel,
    releasesOf,
    releasesOfTag,
} from "../../../components/sail/operator-releases";
import { sailPlan, type SailObject } from "../../../components/sail/plan";
import { settingsWith, type Raw } from "../../support/settings";

function objects(raw: Raw): readonly SailObject[] {
    return sailPlan(settingsWith({ installMethod: "sail", ...raw })).map(({ object }) => object);
}

function releases(raw: Raw): readonly string[] {
    return releasesOf(objects(raw)).map(
        ({ name, chart, namespace, version, owner, tag }) =>
            `${owner.kind} ${owner.name}: ${name} of ${chart} ${version} in ${namespace}${tag === undefined ? "" : `, tag ${tag}`}`,
    );
}

const istio = {
    name: "default",
    spec: {
        version: "v1.31.3",
        namespace: "istio-system",
        profile: "ambient",
        values: {
            global: { hub: "docker.io/istio", multiCluster: { clusterName: "homelab" } },
            meshConfig: { trustDomain: "cluster.local" },
        },
    },
} as const;

describe("what the operator makes of its objects", () => {
    it("is istiod and base for an Istio named default, in place", () => {
        assert.deepEqual(releases({}), [
            "IstioRevision default: default-istiod of istiod 1.31.3 in istio-system",
            "IstioRevision default: default-base of base 1.31.3 in sail-operator",
        ]);
    });

    it("is the node agents too, in an ambient mesh", () => {
        assert.deepEqual(releases({ dataPlane: "ambient" }).slice(2), [
            "IstioCNI default: istio-cni of cni 1.31.3 in istio-cni",
            "ZTunnel default: ztunnel of ztunnel 1.31.3 in ztunnel",
        ]);
    });

    it("is a revision of the version, and base by the tag default, when revisions change", () => {
        assert.deepEqual(releases({ update: { strategy: "RevisionBased" } }), [
            "IstioRevision default-v1-31-3: default-v1-31-3-istiod of istiod 1.31.3 in istio-system",
            "IstioRevisionTag default: default-revisiontags of istiod 1.31.3 in istio-system, tag default",
            "IstioRevisionTag default: default-base of base 1.31.3 in sail-operator",
        ]);
    });

    it("knows a tag's revision that is no longer the active one", () => {
        const update = {
            ...{ strategy: "RevisionBased", canary: "1.31.3" },
            tags: [{ name: "try", revision: "canary" }],
        };
        assert.deepEqual(
            releases({ istioVersion: "1.31.2", update }).filter((line) => line.includes("Tag")),
            [
                "IstioRevisionTag default: default-revisiontags of istiod 1.31.2 in istio-system, tag default",
                "IstioRevisionTag default: default-base of base 1.31.2 in sail-operator",
                "IstioRevisionTag try: try-revisiontags of istiod 1.31.3 in istio-system, tag try",
            ],
        );
    });
});

describe("the values that the operator computes", () => {
    it("are its default profile, the chosen one, the object's, and what nobody may change", () => {
        const { name, spec } = activeRevision(istio);
        assert.equal(name, "default");
        assert.deepEqual(spec.values, {
            ...istio.spec.values,
            profile: "ambient",
            revision: "",
            global: {
                ...istio.spec.values.global,
                istioNamespace: "istio-system",
                configValidation: true,
            },
        });
    });

    it("name the revision in its charts", () => {
        const spec = { ...istio.spec, updateStrategy: { type: "RevisionBased" } } as const;
        const revision = activeRevision({ name: "east", spec });
        assert.equal(revision.name, "east-v1-31-3");
        assert.equal(revision.spec.values?.revision, "east-v1-31-3");
        const [webhook, base] = releasesOfTag("default", revision);
        assert.deepEqual(webhook?.values["revisionTags"], ["default"]);
        assert.equal(base?.values["defaultRevision"], "east-v1-31-3");
    });

    const values = { ztunnel: { multiCluster: { clusterName: "homelab" } } };
    const spec = { version: "v1.31.3", namespace: "ztunnel", values };

    it("give ztunnel its own word on the cluster at the top, where its chart looks", () => {
        const { multiCluster, profile } = releaseOfZTunnel({ name: "default", spec }).values;
        assert.deepEqual({ multiCluster, profile }, { ...values.ztunnel, profile: "ambient" });
    });

    it("give ztunnel the mesh's word through its reference", () => {
        const bare = { name: "default", spec: { ...spec, values: {} } };
        const { global, meshConfig } = releaseOfZTunnel(bare, activeRevision(istio)).values;
        assert.deepEqual(
            (global as { multiCluster: object }).multiCluster,
            istio.spec.values.global.multiCluster,
        );
        assert.deepEqual(meshConfig, istio.spec.values.meshConfig);
    });

    it("leave ztunnel in cluster Kubernetes with neither: the chart's default, the seed of the bug", () => {
        const bare = { name: "default", spec: { ...spec, values: {} } };
        const { global, multiCluster } = releaseOfZTunnel(bare).values;
        assert.equal(multiCluster, undefined);
        assert.deepEqual(global, { istioNamespace: "istio-system", configValidation: true });
    });
});

describe("merged values", () => {
    it("are merged key by key, lists and texts as a whole", () => {
        assert.deepEqual(
            merged({ a: { b: 1, c: [1, 2] }, d: "x" }, { a: { c: [3] }, d: { e: 1 }, f: null }),
            { a: { b: 1, c: [3] }, d: { e: 1 }, f: null },
        );
    });
});
