import assert from "node:assert/strict";
import type { Release } from "../../../components/sail/operator-releases";
import {
    adopted,
    lookAheadText,
    templateArguments,
    type RenderedObject,
} from "../../../components/sail/rendering";

const release: Release = {
    ...{ chart: "istiod", name: "default-istiod", namespace: "istio-system", version: "1.31.3" },
    values: { revision: "" },
    owner: { kind: "IstioRevision", name: "default" },
};

function object(kind: string, name: string, rest: object = {}): RenderedObject {
    return { apiVersion: "v1", kind, metadata: { name, namespace: "istio-system" }, ...rest };
}

const pod = (image: string, env: object[]): object => ({
    spec: {
        containers: [{ image, env, resources: { requests: { cpu: "500m", memory: "2Gi" } } }],
    },
});
const istiod = object("Deployment", "istiod", {
    spec: { template: pod("docker.io/istio/pilot:1.31.3", [{ name: "CLUSTER_ID", value: "c1" }]) },
});

describe("a chart of the operator", () => {
    const options = (
        charts: Parameters<typeof templateArguments>[1],
        of = release,
    ): Record<string, unknown> =>
        JSON.parse(templateArguments(of, charts).jsonOpts) as Record<string, unknown>;

    it("comes from a directory, a registry or a repository, as all of Istio's charts", () => {
        assert.equal(options({ directory: "/charts" })["path"], "/charts/istiod");
        assert.equal(options({ oci: "oci://r/c" })["chart"], "oci://r/c/istiod");
        const { chart, version, fetch_opts } = options({});
        assert.deepEqual(
            { chart, version, fetch_opts },
            {
                ...{ chart: "istiod", version: "1.31.3" },
                fetch_opts: { repo: "https://blob.istio.io/istio-release/charts" },
            },
        );
    });

    it("is rendered under the operator's name for the release", () => {
        const { release_name, namespace, values } = options({ directory: "/charts" });
        assert.deepEqual(
            { release_name, namespace, values },
            {
                ...{ release_name: "default-istiod", namespace: "istio-system" },
                values: { revision: "" },
            },
        );
    });

    it("leaves Istio's CRDs to the operator's own chart", () => {
        const base = {
            ...release,
            chart: "base",
            values: { base: { validationURL: "u" } },
        } as const;
        const { values } = options({}, base) as {
            values: { base: { excludedCRDs: string[]; validationURL: string } };
        };
        assert.equal(values.base.validationURL, "u");
        assert.equal(values.base.excludedCRDs.length, 15);
        for (const name of [
            "virtualservices.networking.istio.io",
            "serviceentries.networking.istio.io",
            "gateways.networking.istio.io",
            "authorizationpolicies.security.istio.io",
            "telemetries.telemetry.istio.io",
        ]) {
            assert.ok(values.base.excludedCRDs.includes(name), name);
        }
    });

    it("has no CRDs, and of a tag only what is the tag's", () => {
        const tagged = {
            ...object("Service", "istiod-revision-tag-canary"),
            metadata: { name: "t", labels: { "istio.io/tag": "canary" } },
        };
        const all = [object("CustomResourceDefinition", "x"), istiod, tagged];
        const kinds = (tag?: string): string[] =>
            adopted(tag === undefined ? {} : { tag }, all).map(({ kind }) => kind);
        assert.deepEqual(kinds(), ["Deployment"]);
        assert.deepEqual(kinds("canary"), ["Service"]);
        assert.deepEqual(adopted({}, [istiod])[0]?.metadata.labels, {
            "managed-by": "sail-operator",
        });
    });
});

describe("the look-ahead", () => {
    it("says replicas, image, requests and cluster of each workload, and the rest by kind", () => {
        const scaler = object("HorizontalPodAutoscaler", "istiod", {
            spec: {
                ...{ minReplicas: 3, maxReplicas: 10 },
                scaleTargetRef: { kind: "Deployment", name: "istiod" },
            },
        });
        const ztunnel = object("DaemonSet", "ztunnel", {
            spec: {
                template: pod("docker.io/istio/ztunnel:1.31.3", [
                    { name: "ISTIO_META_CLUSTER_ID", value: "c1" },
                ]),
            },
        });
        const role = { ...object("ClusterRole", "reader"), metadata: { name: "reader" } };
        assert.equal(
            lookAheadText([istiod, scaler, ztunnel, role]),
            [
                "The Sail Operator will create 4 objects:",
                "  Deployment istio-system/istiod: 3 to 10 replicas, docker.io/istio/pilot:1.31.3, requests 500m and 2Gi, cluster c1",
                "  DaemonSet istio-system/ztunnel: one per node, docker.io/istio/ztunnel:1.31.3, requests 500m and 2Gi, cluster c1",
                "  HorizontalPodAutoscaler istio-system/istiod",
                "  ClusterRole reader",
            ].join("\n"),
        );
    });

    it("counts replicas that no autoscaler changes", () => {
        assert.match(lookAheadText([istiod]), /istiod: 1 replica, /);
        const three = { ...istiod, ...{ spec: { replicas: 3, template: pod("i", []) } } };
        assert.match(lookAheadText([three]), /istiod: 3 replicas, i, requests 500m and 2Gi$/);
    });
});
