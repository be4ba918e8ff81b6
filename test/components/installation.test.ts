import assert from "node:assert/strict";
import { keptCrds } from "../../components/crds";
import { GatewayApi } from "../../components/gateway-api";
import { HelmInstall } from "../../components/helm-install";
import { helmPlan } from "../../components/plan/helm-plan";
import { deploy, find, outline, valueOf } from "../support/mocks";
import { settingsWith } from "../support/settings";

describe("HelmInstall", () => {
    const settings = settingsWith({ dataPlane: "ambient" });
    const install = () => deploy(() => new HelmInstall("install", settings));

    it("makes each chart once those it needs are ready", async () => {
        const { resources } = await install();
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:HelmInstall install",
            "kubernetes:helm.sh/v4:Chart install-base | in install",
            "kubernetes:helm.sh/v4:Chart install-istiod | in install | after install-base",
            "kubernetes:helm.sh/v4:Chart install-cni | in install | after install-istiod",
            "kubernetes:helm.sh/v4:Chart install-ztunnel | in install | after install-cni",
        ]);
    });

    it("hands every chart its plan unchanged, from one source", async () => {
        const { resources } = await install();
        const charts = resources.filter(({ type }) => type === "kubernetes:helm.sh/v4:Chart");
        assert.deepEqual(
            charts.map(({ inputs }) => inputs),
            helmPlan(settings).map(({ chart, namespace, values }) => ({
                chart,
                name: chart,
                namespace,
                values,
                version: "1.31.3",
                repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
            })),
        );
    });

    it("lets only the CRDs of base outlive the stack", async () => {
        const { resources } = await install();
        const options = resources.map(({ name, options: set }) => [name, set]);
        assert.deepEqual(Object.fromEntries(options), {
            install: {},
            "install-base": { transforms: ["keptCrds"] },
            "install-istiod": {},
            "install-cni": {},
            "install-ztunnel": {},
        });
    });

    it("registers the revision that workloads select", async () => {
        const { outputs, result } = await install();
        assert.deepEqual(outputs, { install: { revision: "default" } });
        assert.equal(await valueOf(result.revision), "default");
    });
});

describe("GatewayApi", () => {
    it("makes the bundle of the release, whose CRDs outlive the stack", async () => {
        const { resources, outputs } = await deploy(
            () => new GatewayApi("api", { channel: "standard", version: "1.6.0" }),
        );
        assert.deepEqual(resources.slice(1), [
            {
                type: "kubernetes:yaml/v2:ConfigGroup",
                name: "api-crds",
                parent: "api",
                dependsOn: [],
                inputs: {
                    files: [
                        "https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.6.0/standard-install.yaml",
                    ],
                },
                options: { transforms: ["keptCrds"] },
            },
        ]);
        assert.deepEqual(outline(resources.slice(0, 1)), ["istio-mesh:mesh:GatewayApi api"]);
        assert.deepEqual(outputs, { api: {} });
    });

    it("takes a local bundle", async () => {
        const { resources } = await deploy(
            () =>
                new GatewayApi("api", {
                    channel: "standard",
                    version: "1.6.0",
                    directory: "/srv/gateway-api",
                }),
        );
        assert.deepEqual(find(resources, "api-crds").inputs, {
            files: ["/srv/gateway-api/*.yaml"],
        });
    });
});

describe("keptCrds", () => {
    const crd = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
    const judged = (type: string, props: object) =>
        keptCrds({ type, props, opts: { protect: true }, custom: true, name: "x" });
    const patch = { "pulumi.com/patchForce": "true" };
    const kept = { ...patch, "helm.sh/resource-policy": "keep" };

    it("keeps a CRD on destroy and lets a later install take its fields over", () => {
        const props = { kind: "Any", metadata: { name: "a", labels: { b: "c" } } };
        assert.deepEqual(judged(crd, props), {
            props: {
                kind: "Any",
                metadata: { name: "a", labels: { b: "c" }, annotations: kept },
            },
            opts: { protect: true, retainOnDelete: true },
        });
    });

    it("adds to annotations that are there, and copes with no metadata", () => {
        const annotations = { team: "mesh" };
        const opts = { protect: true, retainOnDelete: true };
        assert.deepEqual(judged(crd, { metadata: { annotations } }), {
            props: { metadata: { annotations: { ...annotations, ...kept } } },
            opts,
        });
        assert.deepEqual(judged(crd, {}), { props: { metadata: { annotations: kept } }, opts });
    });

    for (const kind of ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"]) {
        it(`lets a later install take a ${kind} over, and deletes it with the stack`, () => {
            assert.deepEqual(judged(`kubernetes:admissionregistration.k8s.io/v1:${kind}`, {}), {
                props: { metadata: { annotations: patch } },
                opts: { protect: true },
            });
        });
    }

    it("changes neither what it was given nor any other kind", () => {
        const props = Object.freeze({ metadata: Object.freeze({ name: "a" }) });
        judged(crd, props);
        assert.deepEqual(props, { metadata: { name: "a" } });
        assert.equal(judged("kubernetes:core/v1:ServiceAccount", props), undefined);
    });
});
