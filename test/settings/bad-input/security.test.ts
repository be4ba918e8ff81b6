import { table } from "./table";

const base = { namespaces: [{ name: "shop" }] };
const t = (security: object, more: object = {}) => ({ ...base, ...more, security });
const ambient = { dataPlane: "ambient" };

table("checkSettings, of bad security", [
    [
        "a policy of a namespace outside the mesh",
        t({ authorization: [{ name: "a", namespace: "shops" }] }),
        [
            "security.authorization[0].namespace",
            '"shops"',
            '"shop"',
            "pulumi config set --path 'istio-mesh:security.authorization[0].namespace' shop",
        ],
    ],
    [
        "a policy of a namespace of no data plane",
        t(
            { authentication: [{ name: "a", namespace: "shop", issuer: "i" }] },
            { namespaces: [{ name: "shop", dataPlane: "none" }, { name: "web" }] },
        ),
        [
            "security.authentication[0].namespace",
            '"shop", whose data plane is "none"',
            '"web"',
            "pulumi config set --path 'istio-mesh:security.authentication[0].namespace' web",
        ],
    ],
    [
        "a policy twice",
        t({
            authorization: [
                { name: "a", namespace: "shop" },
                { name: "a", namespace: "shop" },
            ],
        }),
        [
            "security.authorization[1].name",
            '"shop/a" again',
            "each AuthorizationPolicy once; the first comes from istio-mesh:security.authorization[0].name",
            "pulumi config set --path 'istio-mesh:security.authorization[1].name' <name>",
        ],
    ],
    [
        "a policy by the name of a generated one",
        t(
            { authorization: [{ name: "default-deny", namespace: "shop" }] },
            { namespaces: [{ name: "shop", defaultDeny: true }] },
        ),
        [
            "security.authorization[0].name",
            '"shop/default-deny" again',
            "each AuthorizationPolicy once; the first comes from istio-mesh:namespaces[0].defaultDeny",
            "pulumi config set --path 'istio-mesh:security.authorization[0].name' <name>",
        ],
    ],
    [
        "L7 rules without a waypoint",
        t(
            {
                authorization: [
                    {
                        name: "a",
                        namespace: "shop",
                        rules: [{ accounts: ["shop/web"] }, { methods: ["GET"], paths: ["/x"] }],
                    },
                ],
            },
            ambient,
        ),
        [
            "security.authorization[0].rules[1].methods",
            'methods in the ambient namespace "shop" without a waypoint',
            "accounts, namespaces and ports there: ztunnel reads no requests",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true",
        ],
        [
            "security.authorization[0].rules[1].paths",
            'paths in the ambient namespace "shop" without a waypoint',
            "accounts, namespaces and ports there: ztunnel reads no requests",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true",
        ],
    ],
    [
        "tokens without a waypoint",
        t({ authentication: [{ name: "a", namespace: "shop", issuer: "i" }] }, ambient),
        [
            "security.authentication[0]",
            'tokens in the ambient namespace "shop" without a waypoint',
            "accounts, namespaces and ports there: ztunnel reads no requests",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true",
        ],
    ],
    [
        "a denial of nothing",
        t({ authorization: [{ name: "a", namespace: "shop", action: "DENY" }] }),
        [
            "security.authorization[0].rules",
            "nothing, with action DENY",
            "at least one rule: without one, DENY matches nothing",
            "pulumi config set --path 'istio-mesh:security.authorization[0].rules[0].paths[0]' '/*'",
        ],
    ],
    [
        "two sources of keys",
        t({
            authentication: [
                {
                    name: "a",
                    namespace: "shop",
                    issuer: "i",
                    jwks: "{}",
                    jwksUri: "https://i.example/jwks",
                },
            ],
        }),
        [
            "security.authentication[0].jwks",
            "jwks and jwksUri",
            "one of the two",
            "pulumi config rm --path 'istio-mesh:security.authentication[0].jwks'",
        ],
    ],
    [
        "an account without its namespace",
        t({ authorization: [{ name: "a", namespace: "shop", rules: [{ accounts: ["web"] }] }] }),
        [
            "security.authorization[0].rules[0].accounts[0]",
            '"web"',
            "<namespace>/<service account>",
            "pulumi config set --path 'istio-mesh:security.authorization[0].rules[0].accounts[0]' shop/frontend",
        ],
    ],
    [
        "a host outside with two owners",
        t({
            egress: [
                { name: "a", hosts: ["pay.example.com"] },
                { name: "b", hosts: ["api.example.com", "pay.example.com"] },
            ],
        }),
        [
            "security.egress[1].hosts[1]",
            '"pay.example.com" again',
            "one owner for each host; the first is istio-mesh:security.egress[0].hosts[0]",
            "pulumi config rm --path 'istio-mesh:security.egress[1].hosts[1]'",
        ],
    ],
    [
        "a host outside without a dot",
        t({ egress: [{ name: "a", hosts: ["pay"] }] }),
        [
            "security.egress[0].hosts[0]",
            '"pay"',
            "a lower-case host name with a dot, perhaps with *. before it",
            "pulumi config set --path 'istio-mesh:security.egress[0].hosts[0]' shop.example.com",
        ],
    ],
    [
        "an mTLS mode that Istio lacks",
        t({ mtls: "MUTUAL" }),
        [
            "security.mtls",
            '"MUTUAL"',
            '"STRICT", "PERMISSIVE"',
            "pulumi config rm --path 'istio-mesh:security.mtls'",
        ],
    ],
    [
        "mTLS and denial outside the mesh",
        { namespaces: [{ name: "shop", dataPlane: "none", mtls: "STRICT", defaultDeny: true }] },
        [
            "namespaces[0].mtls",
            'a value, with data plane "none"',
            "nothing outside the mesh: nobody enforces it",
            "pulumi config rm --path 'istio-mesh:namespaces[0].mtls'",
        ],
        [
            "namespaces[0].defaultDeny",
            'a value, with data plane "none"',
            "nothing outside the mesh: nobody enforces it",
            "pulumi config rm --path 'istio-mesh:namespaces[0].defaultDeny'",
        ],
    ],
    [
        "a sidecar's scope without sidecars",
        { namespaces: [{ name: "shop", dataPlane: "ambient", sidecarScope: [] }] },
        [
            "namespaces[0].sidecarScope",
            'a value, with data plane "ambient"',
            "nothing where there are no sidecars",
            "pulumi config rm --path 'istio-mesh:namespaces[0].sidecarScope'",
        ],
    ],
    [
        "a waypoint for ingress that isn't there",
        { namespaces: [{ name: "shop", dataPlane: "ambient", ingressUseWaypoint: true }] },
        [
            "namespaces[0].ingressUseWaypoint",
            'a value, with data plane "ambient"',
            "true only with a waypoint",
            "pulumi config rm --path 'istio-mesh:namespaces[0].ingressUseWaypoint'",
        ],
    ],
    [
        "a Pod Security Standard that refuses sidecars",
        { namespaces: [{ name: "shop", podSecurity: "restricted" }] },
        [
            "namespaces[0].podSecurity",
            '"restricted"',
            '"privileged" in a mesh of sidecars alone: their init container changes the network, which the others refuse',
            "pulumi config set --path 'istio-mesh:namespaces[0].podSecurity' privileged",
        ],
    ],
]);
