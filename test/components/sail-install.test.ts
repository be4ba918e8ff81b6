/** Proves what is asked of the engine and in which order, not that the operator does its part. */
import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Mesh } from "../../components";
import { SailInstall } from "../../components/sail-install";
import { sailPlan, type SailStep } from "../../components/sail/plan";
import { deploy, find, outline, valueOf } from "../support/mocks";
import { settingsWith, type Raw } from "../support/settings";
import { spreadOf } from "../support/spread";

function install(raw: Raw = {}) {
    const settings = settingsWith({ installMethod: "sail", ...raw });
    return deploy(() => new SailInstall("install", settings));
}

const SAIL = "kubernetes:sailoperator.io/v1";
const AHEAD = "istio-mesh:operator:Objects install-look-ahead | in install";
const OPERATOR = "kubernetes:helm.sh/v4:Chart install-chart | in install";

describe("SailInstall", () => {
    it("makes the operator, then Istio, IstioCNI and ZTunnel one after the other", async () => {
        const { resources } = await install({ dataPlane: "ambient" });
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:SailInstall install",
            AHEAD,
            OPERATOR,
            `${SAIL}:Istio install-istio | in install | after install-chart`,
            `${SAIL}:IstioCNI install-cni | in install | after install-chart, install-istio`,
            `${SAIL}:ZTunnel install-ztunnel | in install | after install-chart, install-cni`,
        ]);
    });

    it("makes a tag for each name that namespaces follow, beside revisions", async () => {
        const { resources } = await install({
            istioVersion: "1.30.7",
            update: {
                strategy: "RevisionBased",
                canary: "1.31.3",
                tags: [{ name: "next", revision: "canary" }],
            },
        });
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:SailInstall install",
            AHEAD,
            OPERATOR,
            `${SAIL}:Istio install-istio | in install | after install-chart`,
            `${SAIL}:IstioRevisionTag install-tag-default | in install | after install-chart, install-istio`,
            `${SAIL}:IstioRevisionTag install-tag-next | in install | after install-chart, install-istio`,
        ]);
    });

    it("hands every object its plan, awaited, under its fixed name", async () => {
        const settings = settingsWith({
            installMethod: "sail",
            dataPlane: "ambient",
            update: { strategy: "RevisionBased" },
        });
        const { resources } = await deploy(() => new SailInstall("install", settings));
        const objects = resources.filter(({ type }) => type.startsWith(SAIL));
        assert.deepEqual(
            objects.map(({ inputs }) => inputs),
            sailPlan(settings).map(({ object, ready, timeoutSeconds }) => ({
                apiVersion: "sailoperator.io/v1",
                kind: object.kind,
                metadata: {
                    name: object.name,
                    annotations: {
                        "pulumi.com/waitFor": JSON.stringify(ready),
                        "pulumi.com/timeoutSeconds": String(timeoutSeconds),
                    },
                },
                spec: object.spec,
            })),
        );
        assert.deepEqual(
            objects.map(({ options }) => options),
            objects.map(({ name }) => ({
                deleteBeforeReplace: true,
                replaceOnChanges: ["spec.namespace"],
                onError: [`${name}-causes`],
            })),
        );
    });

    it("installs the operator of the stack's choice, its CRDs kept and a second one standing by", async () => {
        const { resources } = await install();
        const { inputs, options } = find(resources, "install-chart");
        assert.deepEqual(inputs, {
            chart: "sail-operator",
            name: "sail-operator",
            namespace: "sail-operator",
            version: "1.31.2",
            repositoryOpts: { repo: "https://istio-ecosystem.github.io/sail-operator" },
            values: {
                priorityClassName: "system-cluster-critical",
                topologySpreadConstraints: spreadOf({ "control-plane": "sail-operator" }),
            },
        });
        assert.deepEqual(options, { transforms: ["keptCrds", "secondOperator"] });
    });

    it("leaves the chart's one operator at home, where a second has no other node", async () => {
        const { resources } = await install({
            size: "homelab",
            charts: { operator: { image: "registry.example.com/sail-operator:1.31.2" } },
        });
        const { inputs, options } = find(resources, "install-chart");
        assert.deepEqual(inputs["values"], {
            image: "registry.example.com/sail-operator:1.31.2",
        });
        assert.deepEqual(options, { transforms: ["keptCrds"] });
    });

    it("registers the revision that workloads select", async () => {
        const { outputs, result } = await install({ update: { strategy: "RevisionBased" } });
        assert.deepEqual(outputs["install"], { revision: "default-v1-31-3" });
        assert.equal(await valueOf(result.revision), "default-v1-31-3");
    });
});

describe("SailInstall, watched", () => {
    const settings = settingsWith({ installMethod: "sail", dataPlane: "ambient" });

    it("asks for each object once all before it have rolled out, and gives names out after the last", async () => {
        const events: string[] = [];
        const rollouts = {
            finished: async ({ role }: SailStep) => {
                events.push(`${role} starts`);
                await new Promise((resolve) => setTimeout(resolve, 5));
                events.push(`${role} is out`);
            },
        };
        await deploy(async () => {
            const made = new SailInstall("install", { ...settings, rollouts });
            events.push(await valueOf(pulumi.output(made.once("shop"))));
        });
        assert.deepEqual(events, [
            ...["istio starts", "istio is out"],
            ...["cni starts", "cni is out"],
            ...["ztunnel starts", "ztunnel is out"],
            "shop",
        ]);
    });

    it("tells the watcher what to say of a step that is late", async () => {
        const said: Record<string, string> = {};
        const rollouts = {
            finished: ({ role }: SailStep, causes: string) => {
                said[role] = causes;
                return Promise.resolve();
            },
        };
        await deploy(() => new SailInstall("install", { ...settings, rollouts }));
        assert.equal(
            said["ztunnel"],
            `Likely causes:
  - istiod doesn't know ztunnel's cluster: CLUSTER_ID of istiod and ISTIO_META_CLUSTER_ID of ztunnel must both be cluster1; istiod's log says "client claims to be in cluster" if they aren't
  - istiod doesn't trust ztunnel's namespace (pilot.trustedZtunnelNamespace)
  - istio-cni-node isn't ready on the same node
  - the operator isn't running, or doesn't install Istio 1.31.3
  - images can't be pulled from docker.io/istio
  - a node isn't ready
Look at:
  kubectl get ztunnels default -o jsonpath='{.status.conditions}'
  kubectl -n ztunnel describe daemonset ztunnel
  kubectl -n sail-operator logs deployment/sail-operator`,
        );
        assert.equal(said["cni"]!.includes("cluster.platform is not set"), true);
    });
});

describe("Mesh, by Sail", () => {
    it("makes every namespace that an object needs before it, and the rest after the last", async () => {
        const { resources } = await deploy(
            () =>
                new Mesh(
                    "mesh",
                    settingsWith({
                        installMethod: "sail",
                        dataPlane: "ambient",
                        update: { strategy: "RevisionBased" },
                        namespaces: [{ name: "shop" }],
                        gatewayApi: { owner: "external" },
                    }),
                ),
        );
        const own = "mesh-istio-cni, mesh-istio-system, mesh-sail-operator, mesh-ztunnel";
        const all =
            "mesh-sail-chart, mesh-sail-cni, mesh-sail-istio, mesh-sail-tag-default, mesh-sail-ztunnel";
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:Mesh mesh",
            `istio-mesh:mesh:MeshNamespace mesh-shop | in mesh | after ${all}`,
            `istio-mesh:mesh:SailInstall mesh-sail | in mesh | after ${own}`,
            "istio-mesh:operator:Objects mesh-sail-look-ahead | in mesh-sail",
            "kubernetes:core/v1:Namespace mesh-istio-cni | in mesh",
            "kubernetes:core/v1:Namespace mesh-istio-system | in mesh",
            "kubernetes:core/v1:Namespace mesh-sail-operator | in mesh",
            `kubernetes:core/v1:Namespace mesh-shop | in mesh-shop | after ${all}`,
            "kubernetes:core/v1:Namespace mesh-ztunnel | in mesh",
            "kubernetes:helm.sh/v4:Chart mesh-sail-chart | in mesh-sail",
            `${SAIL}:Istio mesh-sail-istio | in mesh-sail | after mesh-sail-chart`,
            `${SAIL}:IstioCNI mesh-sail-cni | in mesh-sail | after mesh-sail-chart, mesh-sail-istio`,
            `${SAIL}:IstioRevisionTag mesh-sail-tag-default | in mesh-sail | after mesh-sail-chart, mesh-sail-ztunnel`,
            `${SAIL}:ZTunnel mesh-sail-ztunnel | in mesh-sail | after mesh-sail-chart, mesh-sail-cni`,
        ]);
    });
});
