/** What the section `security` and the namespaces' own settings come to. */
import assert from "node:assert/strict";
import { manifestMisfits, type Manifest } from "../../../components/kinds";
import { networkPolicySpec, quotaHard } from "../../../components/plan/namespace-guards";
import { enforcerIn, namespacePolicies, securityPlan } from "../../../components/security/plan";
import { settingsWith, type Raw } from "../../support/settings";

const NAMESPACES = [
    { name: "cars", dataPlane: "sidecar" },
    { name: "nodes", dataPlane: "ambient" },
    { name: "ways", dataPlane: "ambient", waypoint: true },
];
const plan = (security: Raw) => securityPlan(settingsWith({ namespaces: NAMESPACES, security }));
const specs = (objects: readonly Manifest[]) => objects.map(({ spec }) => spec);
const allow = (namespace: string, more: object = {}) => ({
    authorization: [
        { name: "a", namespace, service: "web", rules: [{ accounts: ["cars/x"] }], ...more },
    ],
});
const rules = [{ from: [{ source: { serviceAccounts: ["cars/x"] } }] }];

describe("securityPlan", () => {
    it("makes nothing when nothing is said", () => {
        assert.deepEqual(plan({}), []);
    });

    it("says the mode of the whole mesh in the root namespace", () => {
        assert.deepEqual(plan({ mtls: "STRICT" }), [
            {
                apiVersion: "security.istio.io/v1",
                kind: "PeerAuthentication",
                metadata: { name: "default", namespace: "istio-system" },
                spec: { mtls: { mode: "STRICT" } },
            },
        ]);
    });

    const targets: [namespace: string, target: object][] = [
        ["cars", { selector: { matchLabels: { app: "web" } } }],
        ["nodes", { selector: { matchLabels: { app: "web" } } }],
        ["ways", { targetRefs: [{ group: "", kind: "Service", name: "web" }] }],
    ];
    for (const [namespace, target] of targets) {
        it(`binds a policy in ${namespace} to who enforces it there`, () => {
            assert.deepEqual(specs(plan(allow(namespace))), [
                { ...target, action: "ALLOW", rules },
            ]);
        });
    }

    it("binds a policy for all of a namespace to its waypoint", () => {
        assert.deepEqual(specs(plan({ authorization: [{ name: "a", namespace: "ways" }] })), [
            {
                targetRefs: [
                    { group: "gateway.networking.k8s.io", kind: "Gateway", name: "waypoint" },
                ],
                action: "ALLOW",
            },
        ]);
    });

    it("tells all waypoints of a namespace, and finds a service's own", () => {
        const settings = settingsWith({
            namespaces: NAMESPACES,
            workloads: [{ name: "web", namespace: "nodes", image: "a:1", port: 80 }],
            waypoints: [
                { name: "second", namespace: "ways" },
                { name: "single", namespace: "nodes", services: ["web"] },
            ],
            security: {
                authorization: [
                    { name: "a", namespace: "ways" },
                    { name: "b", namespace: "nodes", service: "web", rules: [{ paths: ["/a"] }] },
                    { name: "c", namespace: "nodes", service: "other" },
                ],
            },
        });
        const gateway = (name: string) => ({
            group: "gateway.networking.k8s.io",
            kind: "Gateway",
            name,
        });
        assert.deepEqual(specs(securityPlan(settings)), [
            { targetRefs: [gateway("waypoint"), gateway("second")], action: "ALLOW" },
            {
                targetRefs: [{ group: "", kind: "Service", name: "web" }],
                action: "ALLOW",
                rules: [{ to: [{ operation: { paths: ["/a"] } }] }],
            },
            { selector: { matchLabels: { app: "other" } }, action: "ALLOW" },
        ]);
    });

    it("leaves what goes by an egress gateway to that", () => {
        const pay = { name: "pay", hosts: ["pay.example.com"], namespaces: ["cars"] };
        const settings = settingsWith({
            namespaces: NAMESPACES,
            egressGateways: [{ name: "out" }],
            security: { egress: [{ ...pay, gateway: "istio-egress/out" }] },
        });
        assert.deepEqual(securityPlan(settings), []);
    });

    it("keeps accounts and namespaces in sources of their own, which Istio asks for", () => {
        const rule = {
            accounts: ["cars/x"],
            namespaces: ["nodes"],
            tokens: ["*"],
            methods: ["GET"],
            paths: ["/a*"],
            hosts: ["a.example"],
            ports: [8080],
        };
        assert.deepEqual(specs(plan(allow("cars", { action: "DENY", rules: [rule] }))), [
            {
                selector: { matchLabels: { app: "web" } },
                action: "DENY",
                rules: [
                    {
                        from: [
                            {
                                source: {
                                    serviceAccounts: ["cars/x"],
                                    requestPrincipals: ["*"],
                                },
                            },
                            { source: { namespaces: ["nodes"], requestPrincipals: ["*"] } },
                        ],
                        to: [
                            {
                                operation: {
                                    methods: ["GET"],
                                    paths: ["/a*"],
                                    hosts: ["a.example"],
                                    ports: ["8080"],
                                },
                            },
                        ],
                    },
                ],
            },
        ]);
    });

    it("asks for a token, unless told that none will do", () => {
        const one = { name: "jwt", namespace: "cars", issuer: "me", audiences: ["shop"] };
        assert.deepEqual(specs(plan({ authentication: [one] })), [
            { jwtRules: [{ issuer: "me", audiences: ["shop"] }] },
            { action: "DENY", rules: [{ from: [{ source: { notRequestPrincipals: ["*"] } }] }] },
        ]);
        assert.equal(plan({ authentication: [{ ...one, required: false }] }).length, 1);
    });

    const outside: [title: string, given: object, resolution: string][] = [
        ["by DNS", {}, "DNS"],
        ["by its addresses", { addresses: ["192.0.2.1"] }, "STATIC"],
        ["as it was called, for a wildcard", { hosts: ["*.example.com"] }, "NONE"],
    ];
    for (const [title, given, resolution] of outside) {
        it(`finds what is outside ${title}`, () => {
            const [spec] = specs(
                plan({ egress: [{ name: "pay", hosts: ["pay.example.com"], ...given }] }),
            );
            assert.equal((spec as { resolution: string }).resolution, resolution);
        });
    }

    it("makes nothing that a CRD refuses", () => {
        const all = NAMESPACES.flatMap(({ name }) => [
            ...namespacePolicies(
                { name, mtls: "STRICT", defaultDeny: true, sidecarScope: ["other"] },
                enforcerIn(name, settingsWith({ namespaces: NAMESPACES })),
            ),
            ...plan(allow(name, { rules: [{ ports: [80], tokens: [] }] })),
        ]);
        const rest = plan({
            authentication: [
                { name: "j", namespace: "ways", issuer: "me", jwksUri: "https://a.b" },
            ],
            egress: [
                { name: "pay", hosts: ["a.example"], addresses: ["192.0.2.1"], namespaces: ["a"] },
            ],
        });
        assert.deepEqual(
            [...all, ...rest].flatMap((object) => manifestMisfits(object)),
            [],
        );
    });
});

describe("namespacePolicies", () => {
    const denied = { name: "shop", mtls: undefined, sidecarScope: undefined, defaultDeny: true };

    it("denies everything to sidecars and ztunnel", () => {
        assert.deepEqual(specs(namespacePolicies(denied, "sidecar")), [{}]);
        assert.deepEqual(specs(namespacePolicies(denied, "ztunnel")), [{}]);
    });

    it("denies everything at a waypoint, and lets the waypoint alone reach the pods", () => {
        assert.deepEqual(specs(namespacePolicies(denied, "waypoint")), [
            {
                targetRefs: [
                    { group: "gateway.networking.k8s.io", kind: "Gateway", name: "waypoint" },
                ],
            },
            {
                action: "ALLOW",
                rules: [{ from: [{ source: { serviceAccounts: ["shop/waypoint"] } }] }],
            },
        ]);
    });

    it("limits what sidecars know to the namespace, istiod's and those named", () => {
        const scoped = { ...denied, defaultDeny: false, sidecarScope: ["pay"] };
        assert.deepEqual(specs(namespacePolicies(scoped, "sidecar")), [
            { egress: [{ hosts: ["./*", "istio-system/*", "pay/*"] }] },
        ]);
    });
});

describe("a namespace's guards", () => {
    it("name a quota's limits as Kubernetes does", () => {
        assert.deepEqual(quotaHard({ cpu: "2", memory: "4Gi", pods: 9 }), {
            "requests.cpu": "2",
            "requests.memory": "4Gi",
            pods: "9",
        });
    });

    it("leave open to the mesh what it needs", () => {
        const { ingress, egress } = networkPolicySpec({
            name: "shop",
            networkPolicy: { from: ["web"], to: [] },
        });
        const open = (rules: readonly { ports?: readonly { port: number }[] }[]) =>
            rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port));
        assert.deepEqual(open(ingress), [15008, 15020, 15021, 15090]);
        assert.deepEqual(open(egress), [15008, 15012, 53, 53]);
        assert.deepEqual(ingress[0], {
            from: ["shop", "web"].map((name) => ({
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
            })),
        });
    });
});
