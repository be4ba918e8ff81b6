/**
 * Proves that every kind of gateway and waypoint goes up, is judged and goes away, and what is said of the
 * Gateway API's CRDs that somebody else owns. That requests take these ways is proved on the living mesh, but
 * for ambient, where no ztunnel can be had.
 */
import assert from "node:assert/strict";
import { kubectl, list, open } from "./sandbox";

const CONFIG = {
    "istio-mesh:dataPlane": "ambient",
    "istio-mesh:namespaces": [
        { name: "shop", waypoint: true, waypointCanary: { name: "second", weight: 10 } },
        { name: "legacy", dataPlane: "sidecar" },
    ],
    "istio-mesh:workloads": [
        { name: "web", namespace: "shop", image: "example.com/web:1.0.0", port: 8080 },
        {
            name: "quotes",
            namespace: "shop",
            image: "example.com/quotes:1.0.0",
            port: 9090,
            protocol: "grpc",
        },
    ],
    "istio-mesh:waypoints": [
        { name: "second", namespace: "shop" },
        { name: "quotes-waypoint", namespace: "shop", for: "all", services: ["quotes"] },
    ],
    "istio-mesh:gateways": [{ name: "edge", via: "gateway-api", serviceType: "ClusterIP" }],
    "istio-mesh:traffic": [
        {
            service: "quotes",
            namespace: "shop",
            protocol: "grpc",
            gateway: "istio-ingress/edge",
            hosts: ["quotes.example.com"],
        },
    ],
    "istio-mesh:egressGateways": [
        { name: "chart-out", namespace: "out-of-sidecars" },
        { name: "api-out", namespace: "out-of-sidecars", via: "gateway-api" },
        { name: "way-out", namespace: "out-of-ambient", via: "waypoint" },
    ],
    "istio-mesh:security": {
        egress: [
            {
                name: "pay",
                gateway: "out-of-sidecars/chart-out",
                hosts: ["pay.example.com"],
                ports: [{ number: 80, protocol: "HTTP" }, { number: 443 }],
                namespaces: ["legacy"],
            },
            {
                name: "mail",
                gateway: "out-of-sidecars/api-out",
                hosts: ["mail.example.com"],
                ports: [{ number: 80, protocol: "HTTP" }, { number: 443 }],
                namespaces: ["legacy"],
            },
            {
                name: "bank",
                gateway: "out-of-ambient/way-out",
                hosts: ["bank.example.com"],
                namespaces: ["shop"],
            },
        ],
    },
};

const KINDS = [
    "gateways.gateway.networking.k8s.io",
    "httproutes.gateway.networking.k8s.io",
    "grpcroutes.gateway.networking.k8s.io",
    "tlsroutes.gateway.networking.k8s.io",
    "gateways.networking.istio.io",
    "virtualservices.networking.istio.io",
    "destinationrules.networking.istio.io",
    "serviceentries.networking.istio.io",
    "authorizationpolicies.security.istio.io",
].join(",");

const named = async (): Promise<readonly string[]> =>
    (await list(KINDS))
        .map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ""}/${metadata.name}`)
        .sort();

const labels = async (kind: string, name: string): Promise<Readonly<Record<string, string>>> => {
    const { metadata } = JSON.parse(
        await kubectl("-n", "shop", "get", kind, name, "-o", "json"),
    ) as { metadata: { labels: Record<string, string> } };
    return metadata.labels;
};

describe("gateways and waypoints of every kind", () => {
    const options = { from: "dev", config: CONFIG };

    it("come up, judged by the policy pack", async () => {
        const stack = await open("gateways", options);
        await stack.up();
        assert.deepEqual(await named(), [
            "AuthorizationPolicy/out-of-ambient/bank",
            "AuthorizationPolicy/out-of-sidecars/api-out",
            "AuthorizationPolicy/out-of-sidecars/chart-out",
            "DestinationRule/out-of-sidecars/api-out",
            "DestinationRule/out-of-sidecars/chart-out",
            "GRPCRoute/shop/quotes",
            "GRPCRoute/shop/quotes-ingress",
            "Gateway/istio-ingress/edge",
            "Gateway/out-of-ambient/way-out",
            "Gateway/out-of-sidecars/api-out",
            "Gateway/out-of-sidecars/chart-out",
            "Gateway/shop/quotes-waypoint",
            "Gateway/shop/second",
            "Gateway/shop/waypoint",
            "HTTPRoute/out-of-sidecars/mail",
            "HTTPRoute/out-of-sidecars/mail-1",
            "ServiceEntry/out-of-ambient/bank",
            "ServiceEntry/out-of-sidecars/mail",
            "ServiceEntry/out-of-sidecars/pay",
            "TLSRoute/out-of-sidecars/mail",
            "TLSRoute/out-of-sidecars/mail-1",
            "VirtualService/out-of-sidecars/pay-1",
        ]);
    });

    it("are named by the labels that Istio reads", async () => {
        const use = "istio.io/use-waypoint";
        const of = async (kind: string, name: string) => {
            const all = await labels(kind, name);
            return [all[use], all["istio.io/use-waypoint-canary"], all["istio.io/waypoint-for"]];
        };
        assert.deepEqual(
            {
                namespace: await of("namespace", "shop"),
                service: await of("service", "quotes"),
                other: await of("service", "web"),
                second: await of("gateway.gateway.networking.k8s.io", "second"),
                own: await of("gateway.gateway.networking.k8s.io", "quotes-waypoint"),
            },
            {
                namespace: ["waypoint", "second", undefined],
                service: ["quotes-waypoint", undefined, undefined],
                other: [undefined, undefined, undefined],
                second: [undefined, undefined, "service"],
                own: [undefined, undefined, "all"],
            },
        );
    });

    it("have nothing to change the second time", async () => {
        const stack = await open("gateways", options);
        const { summary } = await stack.up();
        const { same: _same, ...changes } = summary.resourceChanges ?? {};
        const told = stack.printed.filter((text) => /^ *[~+-]/m.test(text)).join("");
        assert.deepEqual(changes, {}, told);
    });

    it("go away", async () => {
        const stack = await open("gateways", options);
        await stack.destroy();
        assert.deepEqual(await named(), []);
        const left = await kubectl("get", "namespaces", "-o", "name");
        assert.doesNotMatch(left, /shop|legacy|out-of|istio/);
    });
});

describe("the Gateway API of another owner", () => {
    // The CRDs of the stack before are still there: they outlive it.
    const preview = async (gatewayApi: object, more: object = {}): Promise<string> => {
        const config = { ...more, "istio-mesh:gatewayApi": gatewayApi };
        const stack = await open("owner", { from: "dev", policy: false, config });
        try {
            await stack.preview();
            return "fine";
        } catch (error) {
            return `${String(error)}\n${stack.printed.join("")}`;
        }
    };

    it("is taken where its CRDs are new enough, and nothing of it is installed", async () => {
        assert.equal(await preview({ owner: "platform" }), "fine");
        assert.equal(await preview({ owner: "external", version: "1.6.0" }), "fine");
    });

    it("is refused where they are too old, with the kinds that are", async () => {
        assert.match(
            await preview({ owner: "platform", version: "1.7.0" }),
            /gatewayApi\.version\n\s+given: {3}"1\.7\.0", where the cluster has standard 1\.6\.0 \(gatewayclasses, gateways, .*\)\n\s+allowed: Gateway API 1\.7\.0 or newer/,
        );
    });

    it("is refused in another channel than asked for, also where this stack would install it", async () => {
        for (const owner of ["external", "managed"]) {
            assert.match(
                await preview({ owner, channel: "experimental" }),
                /gatewayApi\.channel\n\s+given: {3}"experimental", where the cluster has standard 1\.6\.0/,
            );
        }
    });
});
