/** What rules share: hosts, data planes, control planes and pods, as they are read from a stack. */
import assert from "node:assert/strict";
import { controlPlanesOf, versionIn } from "../../policy/control-planes";
import { imageOf } from "../../policy/images";
import { dataPlanesOf } from "../../policy/data-planes";
import { Stack } from "../../policy/found";
import { fullHost, hostMatches, hostsOf, namespacesOf } from "../../policy/hosts";
import { envOf, podsOf } from "../../policy/pods";
import { carries } from "../../policy/selectors";
import { fixture, type Given, object, seen } from "../support/policy";

function stackOf(...given: Given[]): Stack {
    return new Stack(given.map((one) => seen(fixture(one))));
}

describe("fullHost", () => {
    const namespaces = new Set(["shop"]);
    const rows: Record<string, string> = {
        web: "web.own.svc.cluster.local",
        "web.shop": "web.shop.svc.cluster.local",
        "web.shop.svc": "web.shop.svc.cluster.local",
        "web.shop.svc.cluster.local": "web.shop.svc.cluster.local",
        "example.com": "example.com",
        "*": "*",
        "*.example.com": "*.example.com",
    };
    for (const [host, full] of Object.entries(rows)) {
        it(`takes ${host} for ${full}`, () => {
            assert.equal(fullHost(host, "own", namespaces), full);
        });
    }
});

describe("hostMatches", () => {
    for (const [pattern, host, matches] of [
        ["*", "a.example.com", true],
        ["*.example.com", "a.example.com", true],
        ["*.example.com", "*.a.example.com", true],
        ["*.example.com", "example.com", false],
        ["a.example.com", "a.example.com", true],
        ["a.example.com", "b.example.com", false],
    ] as const) {
        it(`says ${matches} of ${pattern} and ${host}`, () => {
            assert.equal(hostMatches(pattern, host), matches);
        });
    }
});

describe("hostsOf", () => {
    it("knows Services in full and ServiceEntries as they say", () => {
        const stack = stackOf(
            object("service", "shop/web"),
            object("serviceEntry", "shop/api", { spec: { hosts: ["api.example.com"] } }),
        );
        assert.deepEqual(
            [...hostsOf(stack).keys()],
            ["web.shop.svc.cluster.local", "api.example.com"],
        );
        assert.deepEqual([...namespacesOf(stack)], ["shop"]);
    });
});

describe("dataPlanesOf", () => {
    const rows: Record<string, [Record<string, string>, object]> = {
        "sidecars by injection": [{ "istio-injection": "enabled" }, { mode: "sidecar" }],
        "sidecars by revision": [{ "istio.io/rev": "a" }, { mode: "sidecar", revision: "a" }],
        "injection over revision": [
            { "istio-injection": "enabled", "istio.io/rev": "a" },
            { mode: "sidecar" },
        ],
        "an opt-out over revision": [
            { "istio-injection": "disabled", "istio.io/rev": "a" },
            { mode: "none" },
        ],
        "sidecars over ambient": [
            { "istio-injection": "enabled", "istio.io/dataplane-mode": "ambient" },
            { mode: "sidecar" },
        ],
        "ambient with a waypoint elsewhere": [
            {
                "istio.io/dataplane-mode": "ambient",
                "istio.io/use-waypoint": "w",
                "istio.io/use-waypoint-namespace": "infra",
            },
            { mode: "ambient", waypoint: { name: "w", namespace: "infra" } },
        ],
        "ambient without waypoint": [
            { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "none" },
            { mode: "ambient" },
        ],
        nothing: [{}, { mode: "none" }],
    };
    for (const [title, [labels, expected]] of Object.entries(rows)) {
        it(`reads ${title}`, () => {
            const plane = dataPlanesOf(
                stackOf(object("namespace", "shop", { metadata: { labels } })),
            );
            const { found, ...rest } = plane.get("shop")!;
            assert.equal(found.shortName, "shop");
            assert.deepEqual(rest, expected);
        });
    }
});

describe("controlPlanesOf", () => {
    const istiod = (env: object[], image: string) =>
        object("deployment", "istio-system/istiod", {
            spec: {
                template: {
                    metadata: { labels: { app: "istiod" } },
                    spec: { containers: [{ name: "discovery", image, env }] },
                },
            },
        });
    const read = (...given: Given[]) => {
        const [plane] = controlPlanesOf(stackOf(...given));
        const { namespace, revision, version, clusterName, meshConfig, global } = plane!;
        const { rootNamespace, trustedZtunnel } = plane!;
        return {
            ...{ namespace, revision, version, clusterName, meshConfig, global },
            ...{ rootNamespace, trustedZtunnel },
        };
    };

    it("reads a chart's istiod with its ConfigMaps", () => {
        const env = [
            { name: "REVISION", value: "canary" },
            { name: "CLUSTER_ID", value: "east" },
            { name: "CA_TRUSTED_NODE_ACCOUNTS", value: "ztunnel/ztunnel" },
        ];
        const data = { mesh: "rootNamespace: root\ntrustDomain: example.com\n" };
        const values = { values: '{"global":{"network":"net"}}' };
        assert.deepEqual(
            read(
                istiod(env, "docker.io/istio/pilot:1.31.3-distroless"),
                object("configMap", "istio-system/istio", { data: { mesh: "" } }),
                object("configMap", "istio-system/istio-canary", { data }),
                object("configMap", "istio-system/istio-sidecar-injector-canary", { data: values }),
            ),
            {
                namespace: "istio-system",
                revision: "canary",
                version: "1.31.3",
                clusterName: "east",
                meshConfig: { rootNamespace: "root", trustDomain: "example.com" },
                global: { network: "net" },
                rootNamespace: "root",
                trustedZtunnel: "ztunnel/ztunnel",
            },
        );
    });

    it("knows istiod's own defaults, and what a stack doesn't hold", () => {
        assert.deepEqual(read(istiod([], "pilot@sha256:0")), {
            namespace: "istio-system",
            revision: "default",
            version: undefined,
            clusterName: "Kubernetes",
            meshConfig: undefined,
            global: undefined,
            rootNamespace: "istio-system",
            trustedZtunnel: "istio-system/ztunnel",
        });
    });

    it("reads Sail's values alike", () => {
        const global = { network: "net", multiCluster: { clusterName: "east" } };
        const meshConfig = { trustDomain: "example.com" };
        const values = { global, meshConfig, pilot: { trustedZtunnelNamespace: "ztunnel" } };
        const updateStrategy = { type: "RevisionBased" };
        const spec = { version: "v1.31.3", namespace: "mesh", updateStrategy, values };
        assert.deepEqual(read(object("istio", "east", { spec })), {
            namespace: "mesh",
            revision: "east-v1-31-3",
            version: "1.31.3",
            clusterName: "east",
            meshConfig,
            global,
            rootNamespace: "mesh",
            trustedZtunnel: "ztunnel/ztunnel",
        });
    });

    it("takes a remote cluster and other Deployments for none", () => {
        const remote = object("istio", "default", { spec: { profile: "remote" } });
        assert.deepEqual(controlPlanesOf(stackOf(remote, object("deployment", "shop/web"))), []);
    });
});

describe("podsOf", () => {
    it("finds the template of every kind that runs pods", () => {
        const spec = { containers: [{ name: "c", env: [{ name: "A", value: "1" }] }] };
        const template = { spec };
        const stack = stackOf(
            object("pod", "shop/p", { spec }),
            object("deployment", "shop/d", { spec: { template } }),
            object("job", "shop/j", { spec: { template } }),
            object("cronJob", "shop/c", { spec: { jobTemplate: { spec: { template } } } }),
        );
        assert.deepEqual(
            podsOf(stack).map(({ found, template: of }) => `${found.shortName} ${envOf(of, "A")}`),
            ["p 1", "d 1", "j 1", "c 1"],
        );
    });
});

describe("small readings", () => {
    it("find a version and a tag only where there is one", () => {
        assert.equal(versionIn("v1.31-latest"), undefined);
        assert.equal(versionIn(undefined), undefined);
        assert.equal(imageOf("localhost:5000/pilot").tag, undefined);
        assert.equal(imageOf("localhost:5000/pilot:1.31.3@sha256:0").tag, "1.31.3");
    });

    it("match pairs, where none takes all", () => {
        assert.equal(carries({ a: "1" }, { a: "1" }), true);
        assert.equal(carries(undefined, { a: "1" }), false);
        assert.equal(carries(undefined, {}), true);
    });
});
