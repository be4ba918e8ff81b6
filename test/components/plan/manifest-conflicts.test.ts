/** What no CRD sees in a user's own YAML: told by file and line, in words, before anything is changed. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifests } from "../../../components/plan/manifests";
import { settingsWith } from "../../support/settings";
import { scratchFolder } from "../../support/scratch";

const BASE = {
    namespaces: [
        { name: "shop", dataPlane: "sidecar" },
        { name: "calm", dataPlane: "ambient" },
        { name: "routed", dataPlane: "ambient", waypoint: true },
    ],
    gateways: [{ name: "edge", namespace: "public" }],
    workloads: [
        {
            name: "web",
            namespace: "shop",
            image: "example.com/web:1.0.0",
            port: 8080,
            versions: [{ name: "v2", image: "example.com/web:2.0.0" }],
        },
    ],
    traffic: [
        {
            service: "web",
            namespace: "shop",
            gateway: "public/edge",
            hosts: ["shop.example.com"],
            versions: [
                { name: "v1", weight: 1 },
                { name: "v2", weight: 1 },
            ],
        },
    ],
};

/** One object, its spec as flow YAML on lines of its own. */
const object = (kind: string, name: string, spec: string, group = "networking.istio.io/v1") =>
    `apiVersion: ${group}\nkind: ${kind}\nmetadata:\n  name: ${name.split("/")[1]}\n  namespace: ${name.split("/")[0]}\nspec:\n  ${spec.trim().replaceAll("\n", "\n  ")}\n`;
const api = "gateway.networking.k8s.io/v1";
const security = "security.istio.io/v1";
const to = (...destinations: string[]) =>
    `http:\n- route:\n${destinations.map((one) => `  - ${one}`).join("\n")}`;
const cart = "destination: { host: cart }";

const OWNER = "one owner for each host: of two, Istio takes parts of one";
const WEIGHT = "a weight above 0 for at least one destination, which gets the rest";
const L4 = "principals, namespaces, ipBlocks and ports there: ztunnel reads no requests";

/** Title, documents, and for each problem what is given, allowed, and the fix. */
const refused: [string, string[], ...[string, string, string][]][] = [
    [
        "a VirtualService for a service that traffic steers",
        [object("VirtualService", "calm/mine", `hosts: [web.shop.svc.cluster.local]\n${to(cart)}`)],
        [
            "own.yaml:7: VirtualService calm/mine is the second of the VirtualServices for web.shop; the first is istio-mesh:traffic[0]",
            OWNER,
            "merge the two, or take one out (own.yaml:7)",
        ],
    ],
    [
        "a VirtualService for a host that traffic has at that gateway",
        [
            object(
                "VirtualService",
                "public/mine",
                `hosts: [shop.example.com]\ngateways: [edge]\n${to("destination: { host: web.shop }")}`,
            ),
        ],
        [
            "own.yaml:7: VirtualService public/mine is the second of the VirtualServices for shop.example.com at public/edge; the first is istio-mesh:traffic[0]",
            OWNER,
            "merge the two, or take one out (own.yaml:7)",
        ],
    ],
    [
        "two of one's own for the mesh, and a DestinationRule beside traffic's",
        [
            object("VirtualService", "shop/one", `hosts: [cart]\n${to(cart)}`),
            object("VirtualService", "calm/two", `hosts: [cart.shop]\n${to(cart)}`),
            object("DestinationRule", "shop/web", "host: web"),
        ],
        [
            "own.yaml:18: VirtualService calm/two is the second of the VirtualServices for cart.shop; the first is own.yaml:7",
            OWNER,
            "merge the two, or take one out (own.yaml:18)",
        ],
        [
            "own.yaml:29: DestinationRule shop/web is the second of the DestinationRules of shop for web.shop; the first is istio-mesh:traffic[0]",
            OWNER,
            "merge the two, or take one out (own.yaml:29)",
        ],
    ],
    [
        "weights that are all zero, and forgotten ones",
        [
            object(
                "VirtualService",
                "shop/cart",
                `hosts: [cart]\n${to(`{ ${cart}, weight: 0 }`, `{ destination: { host: old }, weight: 0 }`)}`,
            ),
            object(
                "HTTPRoute",
                "shop/cart",
                "rules:\n- backendRefs:\n  - { name: cart, port: 80, weight: 0 }",
                api,
            ),
        ],
        [
            "own.yaml:9: VirtualService shop/cart has no weight above 0 in spec.http[0].route",
            WEIGHT,
            "give one of them a weight (own.yaml:9)",
        ],
        [
            "own.yaml:20: HTTPRoute shop/cart has no weight above 0 in spec.rules[0].backendRefs",
            WEIGHT,
            "give one of them a weight (own.yaml:20)",
        ],
    ],
    [
        "subsets that nobody defines",
        [
            object(
                "VirtualService",
                "calm/web",
                `hosts: [other]\n${to("destination: { host: web.shop, subset: v3 }", "destination: { host: cart, subset: v1 }")}`,
            ).replaceAll("subset: v1 }", "subset: v1 }\n      weight: 1"),
            object("DestinationRule", "calm/cart", "host: cart"),
        ],
        [
            'own.yaml:10: VirtualService calm/web routes to subset "v3" of web.shop',
            '"v1", "v2"',
            "correct spec.http[0].route[0].destination.subset (own.yaml:10), or add the subset: requests to it get 503",
        ],
        [
            'own.yaml:11: VirtualService calm/web routes to subset "v1" of cart',
            "none: its DestinationRule has no subsets",
            "correct spec.http[0].route[1].destination.subset (own.yaml:11), or add the subset: requests to it get 503",
        ],
    ],
    [
        "gateways without a certificate, in both APIs",
        [
            object(
                "Gateway",
                "public/mine",
                'servers:\n- port: { number: 443, name: https, protocol: HTTPS }\n  hosts: ["*"]',
            ),
            object(
                "Gateway",
                "public/other",
                "gatewayClassName: istio\nlisteners:\n- { name: https, port: 443, protocol: HTTPS, tls: { mode: Terminate } }",
                api,
            ),
        ],
        [
            "own.yaml:8: Gateway public/mine has protocol HTTPS and no certificate in spec.servers[0]",
            "tls with mode SIMPLE and credentialName, or mode PASSTHROUGH",
            "add tls with mode SIMPLE and credentialName, or mode PASSTHROUGH (own.yaml:8)",
        ],
        [
            "own.yaml:19: Gateway public/other has protocol HTTPS and no certificate in spec.listeners[0]",
            "tls.certificateRefs with a Secret, or tls.mode Passthrough",
            "add tls.certificateRefs with a Secret, or tls.mode Passthrough (own.yaml:19)",
        ],
    ],
    [
        "rules about requests that ztunnel would judge",
        [
            object(
                "AuthorizationPolicy",
                "calm/get",
                "rules:\n- to:\n  - operation: { methods: [GET], ports: ['80'] }",
                security,
            ),
            object(
                "AuthorizationPolicy",
                "routed/group",
                "rules:\n- when:\n  - { key: 'request.auth.claims[group]', values: [admin] }",
                security,
            ),
        ],
        [
            "own.yaml:8: AuthorizationPolicy calm/get has methods in spec.rules[0], in an ambient namespace and without targetRefs",
            L4,
            "set waypoint: true for namespace calm, and spec.targetRefs with a Service (own.yaml:8)",
        ],
        [
            "own.yaml:18: AuthorizationPolicy routed/group has request.auth.claims[group] in spec.rules[0], in an ambient namespace and without targetRefs",
            L4,
            "bind it to the waypoint: spec.targetRefs with a Service, or with Gateway waypoint (own.yaml:18)",
        ],
    ],
];

/** What looks alike and is well. */
const allowed: Readonly<Record<string, readonly string[]>> = {
    "hosts of one's own": [object("VirtualService", "shop/cart", `hosts: [cart]\n${to(cart)}`)],
    "VirtualServices that are put together at a gateway": [
        object("VirtualService", "public/a", `hosts: [a.example]\ngateways: [edge]\n${to(cart)}`),
        object("VirtualService", "public/b", `hosts: [a.example]\ngateways: [edge]\n${to(cart)}`),
    ],
    "the same host told to two namespaces": [
        object("VirtualService", "shop/a", `hosts: [cart]\nexportTo: [.]\n${to(cart)}`),
        object("VirtualService", "calm/b", `hosts: [cart.shop]\nexportTo: [.]\n${to(cart)}`),
    ],
    "a client namespace's own DestinationRule": [
        object("DestinationRule", "calm/web", "host: web.shop"),
    ],
    "one destination without a weight": [
        object("VirtualService", "shop/cart", `hosts: [cart]\n${to(cart)}`),
        object(
            "HTTPRoute",
            "shop/cart",
            "rules:\n- backendRefs:\n  - { name: cart, port: 80 }",
            api,
        ),
    ],
    "a subset of a host that nobody here speaks for": [
        object(
            "VirtualService",
            "shop/x",
            `hosts: [x]\n${to("destination: { host: x, subset: v9 }")}`,
        ),
    ],
    "certificates, and TLS that passes through": [
        object(
            "Gateway",
            "public/mine",
            'servers:\n- port: { number: 443, name: tls, protocol: TLS }\n  tls: { mode: PASSTHROUGH }\n  hosts: ["*"]',
        ),
        object(
            "Gateway",
            "public/other",
            "gatewayClassName: istio\nlisteners:\n- { name: tls, port: 443, protocol: TLS, tls: { mode: Passthrough } }",
            api,
        ),
    ],
    "requests where somebody reads them, and connections where nobody does": [
        object(
            "AuthorizationPolicy",
            "shop/get",
            "rules:\n- to:\n  - operation: { methods: [GET] }",
            security,
        ),
        object(
            "AuthorizationPolicy",
            "routed/get",
            'targetRefs:\n- { group: "", kind: Service, name: web }\nrules:\n- to:\n  - operation: { methods: [GET] }',
            security,
        ),
        object(
            "AuthorizationPolicy",
            "calm/ports",
            "rules:\n- to:\n  - operation: { ports: ['80'] }\n  from:\n  - source: { namespaces: [shop] }",
            security,
        ),
    ],
};

describe("a user's own YAML", () => {
    const folder = scratchFolder();
    /** Problems, with the folder's name taken out. */
    const problemsOf = (documents: readonly string[]) => {
        const file = join(folder.path, "own.yaml");
        writeFileSync(file, documents.join("---\n"));
        return readManifests(settingsWith({ ...BASE, manifests: [file] })).problems.map(
            ({ path, given, allowed: may, fix }) => {
                assert.deepEqual(path, ["manifests", 0]);
                return [given, may, fix].map((text) => text.replaceAll(`${folder.path}/`, ""));
            },
        );
    };

    for (const [title, documents, ...problems] of refused) {
        it(`is refused for ${title}`, () => {
            assert.deepEqual(problemsOf(documents), problems);
        });
    }

    for (const [title, documents] of Object.entries(allowed)) {
        it(`may have ${title}`, () => {
            assert.deepEqual(problemsOf(documents), []);
        });
    }
});
