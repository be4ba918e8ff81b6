/** What a review concludes from streams made by hand: radius, order, capacity, versions, policies, gaps. */
import assert from "node:assert/strict";
import type { Tree } from "../../review/events/tree";
import { comparisonOf } from "../../review/meaning/comparison";
import { planOf } from "../../review/events/changes";
import type { ClusterFacts } from "../../review/meaning/cluster-facts";
import { monthly } from "../../review/meaning/prices";
import { quantity } from "../../review/meaning/quantities";
import { deployment, END, namespace, review, step } from "./support";

const NS = "core/v1:Namespace";
const DEPLOY = "apps/v1:Deployment";
const SIDECAR = { "istio-injection": "enabled" };
const AMBIENT = { "istio.io/dataplane-mode": "ambient" };
const shop = step(DEPLOY, deployment("shop", "cart"), deployment("shop", "cart"));

function moved(before: Tree, after: Tree) {
    const events = [step(NS, namespace("shop", before), namespace("shop", after)), shop, END];
    return review(events).impacts[0];
}

interface Expected {
    readonly mustRestart: readonly string[];
    readonly losesMtls?: RegExp;
    readonly losesL7?: RegExp;
}

const CART = ["Deployment cart"];
const MOVES: readonly (readonly [Tree, Tree, Expected])[] = [
    [SIDECAR, AMBIENT, { mustRestart: CART, losesL7: /^as its pods restart/ }],
    [SIDECAR, { ...AMBIENT, "istio.io/use-waypoint": "w" }, { mustRestart: CART }],
    [SIDECAR, {}, { mustRestart: CART, losesMtls: /^pod by pod/, losesL7: /^pod by pod/ }],
    [AMBIENT, {}, { mustRestart: [], losesMtls: /^at once$/ }],
    [AMBIENT, SIDECAR, { mustRestart: CART, losesMtls: /^at once, until/ }],
    [{}, SIDECAR, { mustRestart: CART }],
    [
        { ...AMBIENT, "istio.io/use-waypoint": "w" },
        AMBIENT,
        { mustRestart: [], losesL7: /^at once/ },
    ],
];

describe("the blast radius of a namespace", () => {
    for (const [from, to, expected] of MOVES) {
        it(`from ${JSON.stringify(from)} to ${JSON.stringify(to)}`, () => {
            const impact = moved(from, to);
            assert.deepEqual(impact?.mustRestart, expected.mustRestart);
            for (const key of ["losesMtls", "losesL7"] as const) {
                const wanted = expected[key];
                if (wanted) assert.match(impact[key] ?? "", wanted);
                else assert.equal(impact[key], undefined);
            }
        });
    }

    it("is nothing where it joins ambient: running pods are captured", () => {
        assert.equal(moved({}, AMBIENT), undefined);
    });

    it("counts what others run there, where the cluster was read", () => {
        const cluster: ClusterFacts = {
            version: "1.36.3",
            nodes: ["a", "b"],
            namespaces: [{ name: "shop", labels: SIDECAR }],
            workloads: [
                { namespace: "shop", kind: "StatefulSet", name: "others", pods: 2, sidecars: 2 },
            ],
        };
        const events = [step(NS, namespace("shop", SIDECAR), namespace("shop")), END];
        assert.deepEqual(review(events, { cluster }).impacts[0]?.mustRestart, [
            "StatefulSet others",
        ]);
    });

    it("lists what is deleted with it", () => {
        const events = [step(NS, namespace("shop", AMBIENT), undefined), shop, END];
        assert.deepEqual(review(events).impacts[0]?.deleted, ["Deployment cart"]);
    });
});

describe("the order", () => {
    it("makes the mesh before what it serves, and removes at the end, in reverse", () => {
        const events = [
            step(DEPLOY, undefined, deployment("shop", "new")),
            step(NS, undefined, namespace("istio-system")),
            step(NS, undefined, namespace("shop")),
            step(NS, namespace("old"), undefined),
            step(DEPLOY, deployment("old", "gone"), undefined),
            END,
        ];
        assert.deepEqual(
            review(events).stages.map(({ title }) => title),
            [
                "Namespaces of the mesh, CRDs and rights",
                "Served namespaces",
                "Workloads, routes and policies",
                "Removed: Workloads, routes and policies",
                "Removed: Served namespaces",
            ],
        );
    });
});

describe("capacity", () => {
    const scaler = (minReplicas: number, maxReplicas: number): Tree => ({
        metadata: { name: "cart", namespace: "shop" },
        spec: { minReplicas, maxReplicas, scaleTargetRef: { name: "cart" } },
    });

    it("multiplies by replicas, and by an autoscaler's bounds, on each side by its own", () => {
        const { capacity } = review([
            shop,
            step("autoscaling/v2:HorizontalPodAutoscaler", scaler(3, 5), scaler(4, 10)),
            END,
        ]);
        const { before, after } = capacity.fixed;
        assert.ok(Math.abs(before.least.cpu - 0.3) < 1e-9);
        assert.ok(Math.abs(before.most.cpu - 0.5) < 1e-9);
        assert.ok(Math.abs(after.least.cpu - 0.4) < 1e-9);
        assert.ok(Math.abs(after.most.memory - 1.25) < 1e-9);
        assert.ok(Math.abs(after.limits.memory - 2.5) < 1e-9);
    });

    it("counts node agents per node, and doesn't guess the number of nodes", () => {
        const agent = step("apps/v1:DaemonSet", undefined, deployment("ztunnel", "ztunnel"));
        assert.equal(review([agent, END]).capacity.all, undefined);
        const cluster = {
            version: "1.36.3",
            nodes: ["a", "b", "c"],
            namespaces: [],
            workloads: [],
        };
        const { all, perNode } = review([agent, END], { cluster }).capacity;
        assert.ok(Math.abs(perNode.after.least.cpu - 0.1) < 1e-9);
        assert.ok(Math.abs((all?.after.least.cpu ?? 0) - 0.3) < 1e-9);
    });

    for (const [text, value] of [
        ["100m", 0.1],
        ["2", 2],
        [0.5, 0.5],
        ["128Mi", 134217728],
        ["1G", 1e9],
        ["1e3", 1000],
        ["half", undefined],
        ["1Xi", undefined],
        [null, undefined],
    ] as const) {
        it(`reads the quantity ${String(text)}`, () => {
            assert.equal(quantity(text), value);
        });
    }

    it("prices cores and memory for a month of 730 hours", () => {
        const prices = { currency: "EUR", cpuHour: 0.03, memoryGiBHour: 0.004 };
        assert.equal(monthly({ cpu: 1, memory: 2 }, prices), "27.7");
    });

    it("compares data planes only where pods are served", () => {
        const plan = (labels: Tree) =>
            planOf([step(NS, namespace("shop", labels), namespace("shop", labels)), shop, END]);
        assert.equal(comparisonOf(plan({}), 3), undefined);
        const compared = comparisonOf(plan(SIDECAR), 3);
        assert.equal(compared?.pods, 2);
        assert.ok(Math.abs(compared.usedBySidecars.cpu - 0.4) < 1e-9);
        assert.ok(Math.abs(compared.usedByZtunnels.cpu - 0.12) < 1e-9);
    });
});

describe("versions", () => {
    const istiod = (tag: string) =>
        deployment("istio-system", "istiod", {
            template: {
                metadata: { labels: { app: "istiod" } },
                spec: {
                    containers: [{ name: "discovery", image: `docker.io/istio/pilot:${tag}` }],
                },
            },
        });
    for (const [from, to, note] of [
        ["1.31.1-distroless", "1.31.3-distroless", undefined],
        ["1.31.3", "1.31.1", /goes back/],
        ["1.30.4", "1.31.3", /a new minor/],
        ["1.29.0", "1.31.3", /skips 1 minor/],
        ["1.27.0", "1.28.3", /no security fixes since 2026-07/],
        ["1.31.3", "1.99.0", /end of life isn't known/],
    ] as const) {
        it(`from ${from} to ${to}`, () => {
            const [line] = review([step(DEPLOY, istiod(from), istiod(to)), END]).versions;
            assert.equal(line?.after, to.replace("-distroless", ""));
            if (note) assert.match(line.note ?? "", note);
            else assert.equal(line.note, undefined);
        });
    }

    it("hold Istio against the cluster's Kubernetes", () => {
        const cluster = { version: "1.20.1", nodes: ["a"], namespaces: [], workloads: [] };
        const events = [step(DEPLOY, istiod("1.31.3"), istiod("1.31.3")), END];
        assert.match(
            review(events, { cluster }).versions.at(-1)?.note ?? "",
            /1\.31 is tested with 1\.32 to 1\.36/,
        );
    });
});

describe("what isn't known", () => {
    it("is said of a log that ends early", () => {
        const { complete, gaps, risk } = review([shop]);
        assert.equal(complete, false);
        assert.equal(risk, "high");
        assert.match(gaps[0] ?? "", /ends before the preview did: 1 resources are known/);
    });

    it("is said of a preview that failed, and of the resource that did", () => {
        const { gaps } = review(
            [shop, { failed: { urn: "urn:pulumi:a::b::c::cart", op: "create" } }, END],
            { failure: "The preview failed: no route to host" },
        );
        assert.deepEqual(gaps, ["The preview failed: no route to host", "Failed: create cart."]);
    });

    it("is a kind and an operation that the table lacks", () => {
        const made = step("example.com/v1:Widget", undefined, namespace("w"));
        assert.deepEqual(review([made, END]).classes, ["unclassified"]);
        const odd = { step: { op: "transmute", urn: "a::b::c::d", type: "x:y:Z", custom: true } };
        assert.deepEqual(review([odd as never, END]).classes, ["unclassified"]);
    });
});

describe("the mesh's own authority", () => {
    const secret = (data: Tree): Tree => ({
        metadata: { name: "cacerts", namespace: "istio-system" },
        data,
    });
    const changed = (before: Tree, after: Tree) =>
        review([step("core/v1:Secret", secret(before), secret(after)), END]).classes;
    const old = { "ca-cert.pem": "a", "ca-key.pem": "a", "root-cert.pem": "r" };

    it("takes another issuer of the same root without harm", () => {
        assert.deepEqual(changed(old, { ...old, "ca-cert.pem": "b", "ca-key.pem": "b" }), [
            "nothing",
        ]);
    });

    it("takes another root for what it is", () => {
        assert.deepEqual(changed(old, { ...old, "root-cert.pem": "s" }), [
            "data-plane-restart",
            "connections-cut",
            "irreversible",
        ]);
    });
});

describe("policy findings", () => {
    const blocks = {
        policy: { policy: "a", pack: "istio-mesh", level: "mandatory", message: "about\n  wrong" },
    };
    const failed = { end: { changes: {}, result: "failed" } };
    const error = (message: string) => ({ word: { severity: "error", message } });

    it("that alone stop a preview leave nothing unknown", () => {
        const refused = review([shop, blocks, error("preview failed"), failed], {
            failure: "The preview failed: it says why above",
        });
        assert.deepEqual(
            [refused.complete, refused.gaps, refused.words, refused.risk],
            [true, [], [], "high"],
        );
    });

    for (const [what, events] of [
        ["an error of something else", [shop, blocks, error("no route to host"), failed]],
        ["a log that ends early", [shop, blocks, error("preview failed")]],
        [
            "a resource that failed",
            [shop, blocks, { failed: { urn: "a::b::c::d", op: "create" } }, failed],
        ],
    ] as const) {
        it(`don't hide ${what}`, () => {
            assert.equal(review(events).complete, false);
        });
    }

    it("come with their fix and anchor, those that block first", () => {
        const word = (policy: string, level: string) => ({
            policy: { policy, pack: "istio-mesh", level, message: "about\n  it is wrong" },
        });
        const { findings, risk } = review([word("b", "advisory"), word("a", "mandatory"), END], {
            rules: [{ name: "a", remediationSteps: "Mend it.", url: "https://example.com/a" }],
        });
        assert.equal(risk, "high");
        assert.deepEqual(findings, [
            {
                ...{ policy: "a", blocks: true, message: "it is wrong" },
                ...{ fix: "Mend it.", url: "https://example.com/a" },
            },
            { policy: "b", blocks: false, message: "it is wrong" },
        ]);
    });
});
