import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { find, deploy, valueOf } from "./support/mocks";
import { stackConfig } from "./support/stack-files";

/** What the program exports. */
interface Exports {
    readonly revision: pulumi.Output<string>;
    readonly identity: object;
    readonly gateways: pulumi.Output<Record<string, string>>;
    readonly look: readonly string[];
}

const load = createRequire(__filename);
const PROGRAM = load.resolve("../index.ts");

/** Sets a stack's config, its file extended by some keys, and runs the program. */
function start(stack: string, extra: Readonly<Record<string, string>>): Promise<Exports> {
    pulumi.runtime.setAllConfig({ ...stackConfig(stack), ...extra });
    return (load(PROGRAM) as () => Promise<Exports>)();
}

/** Runs the program as the engine would for a stack. */
function run(stack: string, extra: Readonly<Record<string, string>>) {
    return deploy(() => start(stack, extra), { stack });
}

describe("the program", () => {
    let folder = "";
    const target = () => ({
        "istio-mesh:kubeContext": "kind-test",
        "istio-mesh:kubeconfig": join(folder, "config"),
    });
    const serverUrl = () => `https://127.0.0.1:${(apiServer.address() as AddressInfo).port}`;
    const said: string[] = [];
    const apiServer = createServer();
    before(async () => {
        // Something that accepts connections: more is not asked of it before the engine is.
        await once(apiServer.listen(0, "127.0.0.1"), "listening");
        // Without an engine to tell, the SDK tells the terminal.
        mock.method(console, "log", (line: string) => said.push(line));
        folder = mkdtempSync(join(tmpdir(), "istio-mesh-program-"));
        writeFileSync(
            join(folder, "config"),
            JSON.stringify({
                clusters: [{ name: "c", cluster: { server: serverUrl() } }],
                contexts: [{ name: "kind-test", context: { cluster: "c", user: "u" } }],
            }),
        );
    });
    after(() => {
        apiServer.close();
        rmSync(folder, { recursive: true });
        pulumi.runtime.setAllConfig({});
        mock.restoreAll();
    });

    it("makes of Pulumi.dev.yaml an ambient mesh with a waypoint, a gateway and workloads of both data planes", async () => {
        const { resources } = await run("dev", target());
        const workload = (path: string) => [
            `istio-mesh:mesh:Workload ${path}`,
            `kubernetes:apps/v1:Deployment ${path}-deployment`,
            `kubernetes:core/v1:Service ${path}-service`,
            `kubernetes:core/v1:ServiceAccount ${path}-account`,
        ];
        assert.deepEqual(
            resources.map(({ type, name }) => `${type} ${name}`).sort(),
            [
                "istio-mesh:mesh:GatewayApi mesh-gateway-api",
                "istio-mesh:mesh:HelmInstall mesh-helm",
                "istio-mesh:mesh:IngressGateway mesh-istio-ingress/istio-ingress",
                "istio-mesh:mesh:Mesh mesh",
                "istio-mesh:mesh:MeshNamespace mesh-boutique-dev",
                "istio-mesh:mesh:MeshNamespace mesh-boutique-sidecar",
                "istio-mesh:mesh:Waypoint mesh-boutique-dev-waypoint",
                "kubernetes:core/v1:ConfigMap mesh-boutique-dev-waypoint-options",
                "kubernetes:core/v1:Namespace mesh-boutique-dev",
                "kubernetes:core/v1:Namespace mesh-boutique-sidecar",
                "kubernetes:core/v1:Namespace mesh-istio-cni",
                "kubernetes:core/v1:Namespace mesh-istio-ingress",
                "kubernetes:core/v1:Namespace mesh-istio-system",
                "kubernetes:core/v1:Namespace mesh-ztunnel",
                "kubernetes:gateway.networking.k8s.io/v1:Gateway mesh-boutique-dev-waypoint-gateway",
                "kubernetes:helm.sh/v4:Chart mesh-helm-base",
                "kubernetes:helm.sh/v4:Chart mesh-helm-cni",
                "kubernetes:helm.sh/v4:Chart mesh-helm-istiod",
                "kubernetes:helm.sh/v4:Chart mesh-helm-ztunnel",
                "kubernetes:helm.sh/v4:Chart mesh-istio-ingress/istio-ingress-chart",
                "kubernetes:yaml/v2:ConfigGroup mesh-gateway-api-crds",
                "pulumi:providers:kubernetes cluster",
                ...["cart", "checkout", "frontend"].flatMap((name) =>
                    workload(`boutique-dev/${name}`),
                ),
                ...workload("boutique-sidecar/payment"),
            ].sort(),
        );
    });

    it("deploys workloads only once the mesh is there, so that no pod starts outside it", async () => {
        const { resources } = await run("dev", target());
        const parents = ["mesh", "mesh-helm", "mesh-boutique-dev", "mesh-boutique-sidecar"];
        const made = resources.filter(({ parent }) => parents.includes(parent ?? ""));
        const custom = made.filter(({ type }) => type.startsWith("kubernetes:"));
        const { dependsOn } = find(resources, "boutique-dev/cart");
        const missing = custom.filter(({ name }) => !dependsOn.includes(name));
        assert.deepEqual(missing, []);
        assert.equal(custom.length, 10);
        assert.equal(dependsOn.includes("mesh-boutique-dev-waypoint-gateway"), true);
    });

    it("makes of Pulumi.prod.yaml a mesh of sidecars by Sail, with revisions and an ingress gateway", async () => {
        const { resources } = await run("prod", target());
        assert.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).sort(), [
            "istio-mesh:mesh:GatewayApi mesh-gateway-api",
            "istio-mesh:mesh:IngressGateway mesh-istio-ingress/istio-ingress",
            "istio-mesh:mesh:Mesh mesh",
            "istio-mesh:mesh:MeshNamespace mesh-boutique",
            "istio-mesh:mesh:SailInstall mesh-sail",
            "istio-mesh:operator:Objects mesh-sail-look-ahead",
            "kubernetes:core/v1:Namespace mesh-boutique",
            "kubernetes:core/v1:Namespace mesh-istio-ingress",
            "kubernetes:core/v1:Namespace mesh-istio-system",
            "kubernetes:core/v1:Namespace mesh-sail-operator",
            "kubernetes:helm.sh/v4:Chart mesh-istio-ingress/istio-ingress-chart",
            "kubernetes:helm.sh/v4:Chart mesh-sail-chart",
            "kubernetes:sailoperator.io/v1:Istio mesh-sail-istio",
            "kubernetes:sailoperator.io/v1:IstioRevisionTag mesh-sail-tag-default",
            "kubernetes:yaml/v2:ConfigGroup mesh-gateway-api-crds",
            "pulumi:providers:kubernetes cluster",
        ]);
    });

    it("exports the revision, the cluster's identity and the gateways' addresses", async () => {
        const dev = (await run("dev", target())).result;
        assert.deepEqual(
            [await valueOf(dev.revision), dev.identity, await valueOf(dev.gateways)],
            [
                "default",
                { clusterName: "homelab-cluster", trustDomain: "cluster.local" },
                { "istio-ingress/istio-ingress": "istio-ingress.istio-ingress.svc.cluster.local" },
            ],
        );
        const prod = (await run("prod", target())).result;
        assert.deepEqual(
            [await valueOf(prod.revision), prod.identity, await valueOf(prod.gateways)],
            [
                "default-v1-31-3",
                {
                    clusterName: "prod-cluster",
                    network: "prod-network",
                    meshId: "prod-mesh",
                    trustDomain: "prod.example.com",
                },
                {
                    "istio-ingress/istio-ingress": "istio-ingress.istio-ingress.svc.cluster.local",
                },
            ],
        );
    });

    it("exports commands that look at this cluster and no other", async () => {
        const flags = `--kubeconfig ${join(folder, "config")} --context kind-test`;
        assert.deepEqual((await run("dev", target())).result.look, [
            `kubectl ${flags} get pods -A -l app.kubernetes.io/part-of=istio`,
            `kubectl ${flags} get namespaces -L istio-injection,istio.io/dataplane-mode,istio.io/use-waypoint`,
            `istioctl ${flags} proxy-status`,
        ]);
    });

    it("exports a command that shows the operator's objects, where it installs the mesh", async () => {
        assert.equal(
            (await run("prod", target())).result.look[0],
            `kubectl --kubeconfig ${join(folder, "config")} --context kind-test get istios,istiorevisions,istiorevisiontags,istiocnis,ztunnels`,
        );
    });

    for (const stack of ["dev", "prod"]) {
        it(`sends every object of stack ${stack} to the cluster that the stack names`, async () => {
            const { resources } = await run(stack, target());
            assert.equal(
                said.at(-1),
                `info: [runtime] Cluster: context kind-test at ${serverUrl()}`,
            );
            // A provider's properties that aren't texts travel as JSON.
            assert.deepEqual(find(resources, "cluster").inputs, {
                kubeconfig: join(folder, "config"),
                context: "kind-test",
                enableConfigMapMutable: "true",
                enableSecretMutable: "true",
            });
            const stray = resources
                .filter(({ type }) => type.startsWith("kubernetes:"))
                .filter(({ provider }) => provider !== "cluster");
            assert.deepEqual(stray, []);
        });

        it(`refuses stack ${stack} without a target, and registers nothing`, async () => {
            const message = `The config of stack ${stack} has 1 problem; nothing was changed.

  istio-mesh:kubeContext
    given:   nothing
    allowed: the context that names the cluster to change; there is no default, so that a stack can't land on whatever context happens to be current
    fix:     choose one that kubectl config get-contexts -o name lists: pulumi config set istio-mesh:kubeContext <context>`;
            const { resources } = await deploy(
                () =>
                    assert.rejects(
                        start(stack, {}),
                        (error) => pulumi.RunError.isInstance(error) && error.message === message,
                    ),
                { stack },
            );
            assert.deepEqual(resources, []);
        });
    }

    it("makes passwords up by a provider that it names, and only where one is asked for", async () => {
        const observability = (section: object) => ({
            ...target(),
            "istio-mesh:observability": JSON.stringify(section),
        });
        const { resources } = await run("dev", observability({ enabled: true }));
        assert.equal(find(resources, "mesh-observability-grafana-password").provider, "passwords");
        const tools = resources.filter(
            ({ type, name }) =>
                type.startsWith("kubernetes:") && name.startsWith("mesh-observability-"),
        );
        assert.deepEqual(new Set(tools.map(({ provider }) => provider)), new Set(["cluster"]));
        const named = await run(
            "dev",
            observability({ enabled: true, grafana: { adminSecret: "mine" } }),
        );
        assert.deepEqual(
            named.resources.filter(({ type }) => /random|passwords/.test(type)),
            [],
        );
    });

    it("tells what is wrong with the target and with local files at once", async () => {
        const { resources } = await deploy(async () => {
            const wrong = {
                "istio-mesh:kubeContext": "kind-tset",
                "istio-mesh:kubeconfig": join(folder, "config"),
                "istio-mesh:charts": JSON.stringify({ directory: folder }),
                "istio-mesh:gatewayApi": JSON.stringify({ directory: folder }),
                "istio-mesh:observability": JSON.stringify({
                    enabled: true,
                    charts: { directory: folder },
                    prometheus: { url: "http://prometheus.monitoring:9090" },
                    grafana: { dashboards: folder },
                    kiali: { enabled: false },
                }),
            };
            await assert.rejects(start("dev", wrong), {
                message: `The config of stack test has 5 problems; nothing was changed.

  istio-mesh:kubeContext
    given:   "kind-tset"
    allowed: a context of ${join(folder, "config")}: "kind-test"
    fix:     pulumi config set istio-mesh:kubeContext kind-test

  istio-mesh:charts.directory
    given:   "${folder}": no chart base, istiod, cni, ztunnel, gateway in ${folder}
    allowed: a directory with one folder per chart: base, istiod, cni, ztunnel, gateway
    fix:     pulumi config set --path 'istio-mesh:charts.directory' <path>

  istio-mesh:gatewayApi.directory
    given:   "${folder}": no .yaml file in ${folder}
    allowed: a directory with the bundle's YAML files
    fix:     pulumi config set --path 'istio-mesh:gatewayApi.directory' <path>

  istio-mesh:observability.charts.directory
    given:   "${folder}": no chart in ${join(folder, "grafana")}
    allowed: a directory with chart 12.11.1 in the folder grafana
    fix:     pulumi config set --path 'istio-mesh:observability.charts.directory' <path>

  istio-mesh:observability.grafana.dashboards
    given:   "${folder}": no dashboard in ${folder}
    allowed: a folder with dashboards of Grafana as JSON files
    fix:     pulumi config set --path 'istio-mesh:observability.grafana.dashboards' <path>`,
            });
        });
        assert.deepEqual(resources, []);
    });
});
