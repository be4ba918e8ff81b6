import assert from "node:assert/strict";
import { IngressGateway, Waypoint, Workload } from "../../components";
import { gatewayValues } from "../../components/plan/gateway-plan";
import { sizingOf } from "../../components/plan/sizing";
import { waypointOptions } from "../../components/plan/waypoint-plan";
import { deploy, find, outline, valueOf, type Rendered } from "../support/mocks";
import { settingsWith } from "../support/settings";

describe("Waypoint", () => {
    const make = () => {
        new Waypoint("shop-waypoint", { namespace: "shop", size: "production", sizing: {} });
        new Waypoint("cart-waypoint", { namespace: "cart", size: "homelab", sizing: {} });
    };

    it("makes its options, then the Gateway that refers to them, as often as asked", async () => {
        const { resources, outputs } = await deploy(make);
        const gateway = "kubernetes:gateway.networking.k8s.io/v1:Gateway";
        assert.deepEqual(outline(resources).sort(), [
            "istio-mesh:mesh:Waypoint cart-waypoint",
            "istio-mesh:mesh:Waypoint shop-waypoint",
            "kubernetes:core/v1:ConfigMap cart-waypoint-options | in cart-waypoint",
            "kubernetes:core/v1:ConfigMap shop-waypoint-options | in shop-waypoint",
            `${gateway} cart-waypoint-gateway | in cart-waypoint | after cart-waypoint-options`,
            `${gateway} shop-waypoint-gateway | in shop-waypoint | after shop-waypoint-options`,
        ]);
        assert.deepEqual(outputs, { "shop-waypoint": {}, "cart-waypoint": {} });
    });

    it("replaces both in place, because their names are fixed", async () => {
        const { resources } = await deploy(make);
        for (const name of ["shop-waypoint-options", "shop-waypoint-gateway"]) {
            assert.deepEqual(find(resources, name).options, { deleteBeforeReplace: true });
        }
    });

    it("waits until istiod has programmed it", async () => {
        const { resources } = await deploy(make);
        assert.deepEqual(find(resources, "shop-waypoint-gateway").inputs, {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "Gateway",
            metadata: {
                name: "waypoint",
                namespace: "shop",
                labels: { "istio.io/waypoint-for": "service" },
                annotations: { "pulumi.com/waitFor": "condition=Programmed" },
            },
            spec: {
                gatewayClassName: "istio-waypoint",
                listeners: [{ name: "mesh", port: 15008, protocol: "HBONE" }],
                infrastructure: {
                    parametersRef: { group: "", kind: "ConfigMap", name: "waypoint-options" },
                },
            },
        });
    });

    it("takes another name, what passes it and whose it is", async () => {
        const { resources } = await deploy(
            () =>
                new Waypoint("second", {
                    name: "checkout-waypoint",
                    namespace: "shop",
                    for: "all",
                    revision: "canary",
                    size: "homelab",
                    sizing: { waypoint: { cpu: "1" } },
                }),
        );
        assert.deepEqual(find(resources, "second-options").inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "checkout-waypoint-options", namespace: "shop" },
            data: {
                ...waypointOptions(
                    sizingOf("homelab", { waypoint: { cpu: "1" } }),
                    "checkout-waypoint",
                ),
            },
        });
        const { metadata, spec } = find(resources, "second-gateway").inputs as Record<
            string,
            { infrastructure?: unknown }
        >;
        assert.deepEqual(metadata, {
            name: "checkout-waypoint",
            namespace: "shop",
            labels: { "istio.io/waypoint-for": "all", "istio.io/rev": "canary" },
            annotations: { "pulumi.com/waitFor": "condition=Programmed" },
        });
        assert.deepEqual(spec?.infrastructure, {
            parametersRef: { group: "", kind: "ConfigMap", name: "checkout-waypoint-options" },
        });
    });

    it("takes its options from the size", async () => {
        const { resources } = await deploy(make);
        assert.deepEqual(find(resources, "shop-waypoint-options").inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "waypoint-options", namespace: "shop" },
            data: { ...waypointOptions(sizingOf("production", {})) },
        });
    });
});

describe("IngressGateway", () => {
    const mesh = settingsWith({ gateways: [{ name: "edge", namespace: "public" }] });
    const gateway = mesh.gateways[0]!;
    const make = (renders: () => readonly Rendered[] = () => []) =>
        deploy(() => new IngressGateway("edge", { gateway, namespace: "public", mesh }), {
            renders,
        });
    const service = (status: object): Rendered => ({
        type: "kubernetes:core/v1:Service",
        name: "edge-chart:public/edge",
        state: { apiVersion: "v1", kind: "Service", metadata: { name: "edge" }, ...status },
    });
    const account: Rendered = {
        type: "kubernetes:core/v1:ServiceAccount",
        name: "edge-chart:public/edge",
        state: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "edge" } },
    };
    const inside = "edge.public.svc.cluster.local";

    it("makes the gateway chart under the gateway's name", async () => {
        const { resources } = await make();
        assert.deepEqual(outline(resources), [
            "istio-mesh:mesh:IngressGateway edge",
            "kubernetes:helm.sh/v4:Chart edge-chart | in edge",
        ]);
        assert.deepEqual(find(resources, "edge-chart").inputs, {
            chart: "gateway",
            name: "edge",
            namespace: "public",
            values: gatewayValues(gateway, mesh),
            version: "1.31.3",
            repositoryOpts: { repo: "https://blob.istio.io/istio-release/charts" },
        });
    });

    const answers: [title: string, rendered: readonly Rendered[], address: string][] = [
        [
            "the IP of its load balancer",
            [account, service({ status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } })],
            "192.0.2.1",
        ],
        [
            "the host name of its load balancer",
            [service({ status: { loadBalancer: { ingress: [{ hostname: "lb.example.com" }] } } })],
            "lb.example.com",
        ],
        ["its name in the cluster while the Service has no status", [service({})], inside],
        ["its name in the cluster where no Service is rendered", [account], inside],
    ];
    for (const [title, rendered, address] of answers) {
        it(`answers at ${title}`, async () => {
            const { outputs, result } = await make(() => rendered);
            assert.equal(await valueOf(result.address), address);
            assert.deepEqual(outputs, { edge: { address } });
        });
    }
});

describe("Workload", () => {
    const args = { name: "web", namespace: "shop", image: "web:1", port: 8080, replicas: 2 };
    const labels = { app: "web", version: "v1" };
    const metadata = { name: "web", namespace: "shop", labels };
    // Its pods are waited for, and their endpoints are no news.
    const annotations = { "pulumi.com/skipAwait": "true" };

    it("makes an account, a Deployment that runs as it, and a Service, as often as asked", async () => {
        const { resources, outputs } = await deploy(() => {
            new Workload("shop/web", args);
            new Workload("cart/web", { ...args, namespace: "cart" });
        });
        const trio = (name: string) => [
            `istio-mesh:mesh:Workload ${name}`,
            `kubernetes:apps/v1:Deployment ${name}-deployment | in ${name} | after ${name}-account`,
            `kubernetes:core/v1:Service ${name}-service | in ${name}`,
            `kubernetes:core/v1:ServiceAccount ${name}-account | in ${name}`,
        ];
        assert.deepEqual(
            outline(resources).sort(),
            [...trio("cart/web"), ...trio("shop/web")].sort(),
        );
        assert.deepEqual(outputs, { "shop/web": {}, "cart/web": {} });
    });

    it("names its ports after what it speaks", async () => {
        const { resources } = await deploy(
            () => new Workload("web", { ...args, protocol: "grpc" }),
        );
        const [deployment, service] = ["deployment", "service"].map((part) =>
            JSON.stringify(find(resources, `web-${part}`).inputs["spec"]),
        );
        assert.match(deployment ?? "", /"ports":\[\{"containerPort":8080,"name":"grpc"\}\]/);
        assert.match(service ?? "", /"ports":\[\{"name":"grpc","port":80,"targetPort":8080\}\]/);
    });

    it("uses a waypoint of its own by its Service, its pods or both", async () => {
        const use = { "istio.io/use-waypoint": "second" };
        const cases = [
            ["service", { ...labels, ...use }, labels],
            ["workload", labels, { ...labels, ...use }],
            ["all", { ...labels, ...use }, { ...labels, ...use }],
        ] as const;
        for (const [what, service, pods] of cases) {
            const { resources } = await deploy(
                () => new Workload("web", { ...args, waypoint: { name: "second", for: what } }),
            );
            assert.deepEqual(find(resources, "web-service").inputs["metadata"], {
                ...metadata,
                annotations,
                labels: service,
            });
            const { template, selector } = find(resources, "web-deployment").inputs["spec"] as {
                template: { metadata: unknown };
                selector: unknown;
            };
            assert.deepEqual(template.metadata, { labels: pods });
            assert.deepEqual(selector, { matchLabels: { app: "web" } });
        }
    });

    it("serves its port as HTTP on 80, by an account of its own", async () => {
        const { resources } = await deploy(() => new Workload("web", args));
        const inputs = ["account", "deployment", "service"].map(
            (part) => find(resources, `web-${part}`).inputs,
        );
        assert.deepEqual(inputs, [
            { apiVersion: "v1", kind: "ServiceAccount", metadata },
            {
                apiVersion: "apps/v1",
                kind: "Deployment",
                metadata,
                spec: {
                    replicas: 2,
                    selector: { matchLabels: { app: "web" } },
                    template: {
                        metadata: { labels },
                        spec: {
                            serviceAccountName: "web",
                            containers: [
                                {
                                    name: "web",
                                    image: "web:1",
                                    ports: [{ name: "http", containerPort: 8080 }],
                                    resources: { requests: { cpu: "10m", memory: "32Mi" } },
                                },
                            ],
                        },
                    },
                },
            },
            {
                apiVersion: "v1",
                kind: "Service",
                metadata: { ...metadata, annotations },
                spec: {
                    selector: { app: "web" },
                    ports: [{ name: "http", port: 80, targetPort: 8080 }],
                },
            },
        ]);
    });
});
