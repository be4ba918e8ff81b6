/**
 * What the CRDs of Istio and the Gateway API refuse. That the API server refuses the same is asked of
 * the sandbox, in the end-to-end tests.
 */
import assert from "node:assert/strict";
import { kindOf, knownKinds, manifestMisfits, mend, type Misfit } from "../../../components/kinds";

const virtualService = (spec: unknown, more: object = {}): object => ({
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: "checkout", namespace: "shop" },
    spec,
    ...more,
});
const http = (route: object) => virtualService({ hosts: ["checkout"], http: [route] });
const destination = { destination: { host: "checkout" } };
const rule = (trafficPolicy: object) => ({
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "checkout" },
    spec: { host: "checkout", trafficPolicy },
});

const accepted: [title: string, manifest: object][] = [
    ["a weighted route", http({ route: [{ ...destination, weight: 90 }] })],
    ["a kind in an older version", { ...rule({}), apiVersion: "networking.istio.io/v1beta1" }],
    ["an object without a spec", { ...rule({}), spec: undefined }],
    [
        "what istiod has said of it",
        virtualService({ hosts: ["a"] }, { status: { any: ["thing"] } }),
    ],
    ["a map of any keys", rule({ loadBalancer: { localityLbSetting: { distribute: [] } } })],
    ["one of two forms", rule({ loadBalancer: { simple: "ROUND_ROBIN" } })],
    [
        "what has a default though it is required",
        {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "HTTPRoute",
            metadata: { name: "checkout" },
            spec: { rules: [{ matches: [{ path: { value: "/" } }] }] },
        },
    ],
    [
        "free text where its kind is open",
        {
            apiVersion: "networking.istio.io/v1alpha3",
            kind: "EnvoyFilter",
            metadata: { name: "limit" },
            spec: { configPatches: [{ applyTo: "HTTP_FILTER", patch: { value: { any: 1 } } }] },
        },
    ],
];

const refused: [title: string, manifest: unknown, at: string, allowed: RegExp, fix: string][] = [
    [
        "a misspelt key",
        virtualService({ hosts: ["a"], htp: [] }),
        "spec.htp",
        /^exportTo, gateways, hosts, http, tcp, tls$/,
        "did you mean http?",
    ],
    [
        "a key that means nothing",
        http({ route: [destination], colour: "blue" }),
        "spec.http[0].colour",
        /^corsPolicy, .*timeout.*$/,
        "take spec.http[0].colour out",
    ],
    [
        "a number as a text",
        http({ route: [{ ...destination, weight: "90" }] }),
        "spec.http[0].route[0].weight",
        /^a whole number$/,
        "write spec.http[0].route[0].weight as a whole number",
    ],
    [
        "a destination without its host",
        http({ route: [{ destination: { subset: "v2" } }] }),
        "spec.http[0].route[0].destination.host",
        /^a text$/,
        "add spec.http[0].route[0].destination.host: a text",
    ],
    [
        "an object where a list belongs",
        virtualService({ hosts: "checkout" }),
        "spec.hosts",
        /^a list$/,
        "write spec.hosts as a list",
    ],
    [
        "a word that isn't among them",
        rule({ loadBalancer: { simple: "FASTEST" } }),
        "spec.trafficPolicy.loadBalancer.simple",
        /^"UNSPECIFIED", "LEAST_CONN", .*"ROUND_ROBIN".*$/,
        'write spec.trafficPolicy.loadBalancer.simple as "UNSPECIFIED", "LEAST_CONN", "RANDOM", "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST"',
    ],
    [
        "two forms at once",
        rule({ loadBalancer: { simple: "RANDOM", consistentHash: { useSourceIp: true } } }),
        "spec.trafficPolicy.loadBalancer",
        /^at most one of simple, consistentHash$/,
        "write spec.trafficPolicy.loadBalancer as at most one of simple, consistentHash",
    ],
    [
        "a port beyond the last",
        {
            apiVersion: "gateway.networking.k8s.io/v1",
            kind: "Gateway",
            metadata: { name: "edge" },
            spec: {
                gatewayClassName: "istio",
                listeners: [{ name: "http", port: 70000, protocol: "HTTP" }],
            },
        },
        "spec.listeners[0].port",
        /^a number: 1 to 65535$/,
        "write spec.listeners[0].port as a number: 1 to 65535",
    ],
    [
        "an object without a name",
        { ...rule({}), metadata: {} },
        "metadata.name",
        /^a text$/,
        "add metadata.name: a text",
    ],
    [
        "a kind that nobody knows",
        { ...rule({}), kind: "DestinationRules" },
        "kind",
        /networking\.istio\.io\/v1 DestinationRule,/,
        "did you mean networking.istio.io/v1 DestinationRule?",
    ],
    ["what is no object", "just text", "kind", /VirtualService/, "take kind out"],
];

describe("misfits of Istio's and the Gateway API's objects", () => {
    for (const [title, manifest] of accepted) {
        it(`finds none in ${title}`, () => {
            assert.deepEqual(manifestMisfits(manifest), []);
        });
    }
    for (const [title, manifest, at, allowed, fix] of refused) {
        it(`finds ${title}`, () => {
            const [first, ...more] = manifestMisfits(manifest) as [Misfit, ...Misfit[]];
            assert.deepEqual(more, []);
            assert.equal(first.at, at);
            assert.match(first.allowed, allowed);
            assert.equal(mend(first), fix);
        });
    }

    it("finds everything at once", () => {
        const manifest = virtualService({
            hosts: [1],
            http: [{ route: [{ weight: "a" }], timeOut: "5s" }],
        });
        assert.deepEqual(
            manifestMisfits(manifest).map(({ at }) => at),
            [
                "spec.hosts[0]",
                "spec.http[0].route[0].weight",
                "spec.http[0].route[0].destination",
                "spec.http[0].timeOut",
            ],
        );
    });

    it("leaves alone what is not known yet", () => {
        const later = Symbol("later");
        const manifest = virtualService({ hosts: [later], http: later });
        assert.deepEqual(
            manifestMisfits(manifest, (value) => value === later),
            [],
        );
    });

    it("knows every kind of the base chart and of the standard channel", () => {
        assert.equal(knownKinds().length, 25);
        assert.deepEqual(kindOf("security.istio.io/v1", "PeerAuthentication")?.versions, [
            "v1",
            "v1beta1",
        ]);
        assert.equal(kindOf("gateway.networking.k8s.io/v1", "VirtualService"), undefined);
    });
});
