/** Proves what Envoy does with traffic rules that istiod sends it, by counting answers to real requests. */
import assert from "node:assert/strict";
import { assertShare, counted, eventually, many, said } from "./living-requests";
import { APP_PORT, istio, NAMESPACE, routed } from "./living-objects";
import { allReady, apply, behind, openShop, requestsTo, takeAway, through } from "./living-sandbox";
import type { Manifest } from "./living-objects";

const CHECKOUT = "checkout.example";
const CART = "cart.example";
const noRetries = { attempts: 0 };

function secondCheckout(): Manifest {
    const labels = { app: "checkout", version: "v2" };
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "second-checkout", namespace: NAMESPACE },
        spec: {
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: {
                    serviceAccountName: "checkout",
                    containers: [
                        {
                            name: "checkout",
                            image: "example.com/shop:2.0.0",
                            ports: [{ containerPort: APP_PORT }],
                        },
                    ],
                },
            },
        },
    };
}

describe("traffic through living Envoys", function () {
    this.timeout(120_000);
    // Real processes on shared cores stall now and then; what is wrong fails three times.
    this.retries(2);

    before(openShop);
    afterEach(() => takeAway());

    /** Waits until the gateway knows the host. */
    const known = (host: string): Promise<void> =>
        eventually(async () => {
            assert.equal((await through(host, "/ready")).status, 200);
        });

    it("reaches frontend, checkout and cart through the ingress gateway", async () => {
        await apply(...routed("frontend.example", [route("frontend")]));
        // Proxies along the way may still hear that rules of earlier tests are gone.
        await eventually(async () => {
            const answer = said(await through("frontend.example", "/via/checkout/cart"));
            const checkout = answer["next"] as Record<string, unknown> | undefined;
            const cart = checkout?.["next"] as Record<string, unknown> | undefined;
            assert.deepEqual(
                [answer["app"], checkout?.["app"], cart?.["app"]],
                ["frontend", "checkout", "cart"],
            );
        });
    });

    describe("with a second version", () => {
        const subsets = istio("networking", "DestinationRule", "checkout", {
            host: "checkout",
            subsets: ["v1", "v2"].map((version) => ({ name: version, labels: { version } })),
        });
        const to = (subset: string, weight?: number): object => ({
            destination: { host: "checkout", subset },
            ...(weight === undefined ? {} : { weight }),
        });
        const versions = async (headers: Record<string, string>, count: number): Promise<object> =>
            counted(
                (await many(count, () => through(CHECKOUT, "/", { headers }))).map((answer) =>
                    answer.status === 200 ? String(said(answer)["version"]) : answer.status,
                ),
            );

        beforeEach(async () => {
            await apply(secondCheckout(), subsets);
            await eventually(() => allReady(0), 60_000);
        });

        it("splits a canary 90/10 within statistical bounds over 1,000 requests", async () => {
            await apply(...routed(CHECKOUT, [{ route: [to("v1", 90), to("v2", 10)] }]));
            await eventually(async () => {
                assert.deepEqual(Object.keys(await versions({}, 60)).sort(), ["v1", "v2"]);
            });
            const counts = (await versions({}, 1_000)) as Record<string, number>;
            assert.deepEqual(Object.keys(counts).sort(), ["v1", "v2"]);
            assertShare(counts["v2"] ?? 0, 1_000, 0.1);
        });

        it("routes by header", async () => {
            const match = [{ headers: { "x-canary": { exact: "true" } } }];
            await apply(...routed(CHECKOUT, [{ match, route: [to("v2")] }, { route: [to("v1")] }]));
            await eventually(async () => {
                assert.deepEqual(await versions({ "x-canary": "true" }, 5), { v2: 5 });
            });
            assert.deepEqual(await versions({ "x-canary": "true" }, 50), { v2: 50 });
            assert.deepEqual(await versions({}, 50), { v1: 50 });
        });
    });

    it("tries a failing request three times more", async () => {
        const retries = { attempts: 3, perTryTimeout: "2s", retryOn: "5xx" };
        await apply(...routed(CART, [{ ...route("cart"), retries }]));
        await known(CART);
        const before = await requestsTo("cart", "/status/503");
        assert.equal((await through(CART, "/status/503")).status, 503);
        assert.equal((await requestsTo("cart", "/status/503")) - before, 4);
    });

    it("gives up after the timeout of five seconds", async () => {
        await apply(...routed(CART, [{ ...route("cart"), timeout: "5s", retries: noRetries }]));
        await known(CART);
        const { status, milliseconds } = await through(CART, "/delay/9000");
        assert.equal(status, 504);
        assert.ok(milliseconds >= 4_900 && milliseconds < 6_500, `${milliseconds} ms`);
    });

    it("opens the circuit of a failing app and closes it when the app is mended", async () => {
        await apply(
            ...routed(CART, [{ ...route("cart"), retries: noRetries }]),
            istio("networking", "DestinationRule", "cart", {
                host: "cart",
                trafficPolicy: {
                    outlierDetection: {
                        consecutive5xxErrors: 3,
                        interval: "1s",
                        baseEjectionTime: "3s",
                        maxEjectionPercent: 100,
                    },
                },
            }),
        );
        await known(CART);
        await behind("cart", "/fail?status=500");
        try {
            // Open: the gateway answers itself, and the app hears nothing of it.
            await eventually(async () => {
                const before = await requestsTo("cart", "/open");
                const { status, text } = await through(CART, "/open");
                assert.deepEqual([status, text], [503, "no healthy upstream"]);
                assert.equal(await requestsTo("cart", "/open"), before);
            });
        } finally {
            await behind("cart", "/fail?status=0");
        }
        await known(CART);
    });

    it("opens the circuit beyond the connections that it allows, and closes it when they end", async () => {
        const limits = { http1MaxPendingRequests: 1, http2MaxRequests: 1 };
        await apply(
            ...routed(CART, [{ ...route("cart"), retries: noRetries }]),
            istio("networking", "DestinationRule", "cart", {
                host: "cart",
                trafficPolicy: { connectionPool: { tcp: { maxConnections: 1 }, http: limits } },
            }),
        );
        await known(CART);
        const path = "/delay/1000";
        const burst = async (): Promise<Readonly<Record<string, number>>> =>
            counted(
                (await many(20, () => through(CART, path))).map(({ status, headers }) =>
                    headers["x-envoy-overloaded"] === "true" ? `${status} overloaded` : status,
                ),
            );
        const [before, counts] = await eventually(async () => {
            const had = await requestsTo("cart", path);
            const seen = await burst();
            assert.deepEqual(Object.keys(seen).sort(), ["200", "503 overloaded"]);
            return [had, seen] as const;
        }, 60_000);
        // What was refused never reached the app, and most of twenty at once were.
        assert.equal((await requestsTo("cart", path)) - before, counts["200"]);
        assert.ok((counts["503 overloaded"] ?? 0) >= 10, JSON.stringify(counts));
        const oneByOne: number[] = [];
        for (let turn = 0; turn < 20; turn++) oneByOne.push((await through(CART, "/calm")).status);
        assert.deepEqual(counted(oneByOne), { "200": 20 });
    });

    it("delays what it is told to, in its share", async () => {
        const delay = { percentage: { value: 30 }, fixedDelay: "1s" };
        await apply(...routed(CART, [{ ...route("cart"), fault: { delay } }]));
        await known(CART);
        const slow = async (count: number): Promise<number> =>
            (await many(count, () => through(CART, "/"))).filter(
                ({ milliseconds }) => milliseconds >= 1_000,
            ).length;
        await eventually(async () => {
            assert.ok((await slow(20)) > 0);
        });
        assertShare(await slow(300), 300, 0.3);
    });

    it("injects the faults that it is told to, in their share", async () => {
        const abort = { percentage: { value: 30 }, httpStatus: 418 };
        await apply(...routed(CART, [{ ...route("cart"), fault: { abort } }]));
        await eventually(async () => {
            const answers = await many(40, () => through(CART, "/"));
            assert.deepEqual(Object.keys(counted(answers.map(({ status }) => status))), [
                "200",
                "418",
            ]);
        });
        const counts = counted(
            (await many(1_000, () => through(CART, "/"))).map(({ status }) => status),
        );
        assert.deepEqual(Object.keys(counts), ["200", "418"]);
        assertShare(counts["418"] ?? 0, 1_000, 0.3);
    });

    it("mirrors every request, and only the first answer counts", async () => {
        await apply(
            ...routed(CHECKOUT, [
                {
                    ...route("checkout"),
                    mirror: { host: "cart" },
                    mirrorPercentage: { value: 100 },
                },
            ]),
        );
        await known(CHECKOUT);
        await eventually(async () => {
            const before = await requestsTo("cart", "/try");
            await through(CHECKOUT, "/try");
            await eventually(async () => {
                assert.equal(await requestsTo("cart", "/try"), before + 1);
            }, 500);
        });
        const before = await requestsTo("cart", "/mirrored");
        const answers = await many(100, () => through(CHECKOUT, "/mirrored"));
        assert.deepEqual(counted(answers.map((answer) => String(said(answer)["app"]))), {
            checkout: 100,
        });
        await eventually(async () => {
            assert.equal(await requestsTo("cart", "/mirrored"), before + 100);
        });
    });
});

function route(host: string): { route: object[] } {
    return { route: [{ destination: { host } }] };
}
