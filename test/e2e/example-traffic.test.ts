/** Proves what the examples of traffic and resilience promise, by counting answers to real requests. */
import assert from "node:assert/strict";
import { example } from "./examples";
import { assertShare, counted, eventually, many, said } from "./living-requests";
import type { Ask } from "./living-requests";
import { behind, requestsTo, through } from "./living-sandbox";

const SHOP = "shop.example.com";

/** Which version of an app answered each of many requests that the frontend passed on to it. */
async function versions(
    app: string,
    count: number,
    how: Ask = {},
): Promise<Record<string, number>> {
    const answers = await many(count, () => through(SHOP, `/via/${app}`, how));
    return counted(
        answers.map((answer) => {
            const next = said(answer)["next"] as { version?: string } | undefined;
            return next?.version ?? answer.status;
        }),
    );
}

example(
    "traffic-management",
    [
        "Gateway/istio-ingress/istio-ingress",
        "VirtualService/shop/cart",
        "VirtualService/shop/checkout",
        "VirtualService/shop/frontend",
        "DestinationRule/shop/cart",
        "DestinationRule/shop/checkout",
    ],
    () => {
        it("sends a tenth to the canary", async () => {
            await eventually(async () => {
                assert.deepEqual(Object.keys(await versions("checkout", 60)).sort(), ["v1", "v2"]);
            });
            const counts = await versions("checkout", 1_000);
            assert.deepEqual(Object.keys(counts).sort(), ["v1", "v2"]);
            assertShare(counts["v2"] ?? 0, 1_000, 0.1);
        });

        it("sends everything to the canary that asks for it", async () => {
            const headers = { "x-canary": "always" };
            assert.deepEqual(await versions("checkout", 50, { headers }), { v2: 50 });
        });

        it("has blue answer alone, while green gets a copy of everything", async () => {
            assert.deepEqual(await versions("cart", 5), { v1: 5 });
            const before = await requestsTo("cart-v2", "/via/");
            assert.deepEqual(await versions("cart", 100), { v1: 100 });
            await eventually(async () => {
                assert.equal(await requestsTo("cart-v2", "/via/"), before + 100);
            });
        });
    },
);

example(
    "resilience",
    [
        "Gateway/istio-ingress/istio-ingress",
        "VirtualService/shop/cart",
        "VirtualService/shop/catalog",
        "VirtualService/shop/checkout",
        "VirtualService/shop/payment",
        "DestinationRule/shop/cart",
        "EnvoyFilter/shop/catalog-rate-limit",
    ],
    () => {
        /** Waits until the gateway knows a host. */
        const known = (host: string) =>
            eventually(async () => {
                assert.equal((await through(host, "/ready")).status, 200);
            });
        const statuses = async (count: number, host: string) =>
            counted((await many(count, () => through(host, "/"))).map(({ status }) => status));

        it("tries three times more", async () => {
            await known("checkout.example.com");
            const before = await requestsTo("checkout", "/status/503");
            assert.equal((await through("checkout.example.com", "/status/503")).status, 503);
            assert.equal((await requestsTo("checkout", "/status/503")) - before, 4);
        });

        it("gives up after five seconds", async () => {
            await known("checkout.example.com");
            const { status, milliseconds } = await through("checkout.example.com", "/delay/9000");
            assert.equal(status, 504);
            assert.ok(milliseconds >= 4_900 && milliseconds < 6_500, `${milliseconds} ms`);
        });

        it("leaves a failing pod alone, and takes it back", async () => {
            await known("cart.example.com");
            await behind("cart", "/fail?status=500");
            try {
                await eventually(async () => {
                    const before = await requestsTo("cart", "/open");
                    const { status, text } = await through("cart.example.com", "/open");
                    assert.deepEqual([status, text], [503, "no healthy upstream"]);
                    assert.equal(await requestsTo("cart", "/open"), before);
                });
            } finally {
                await behind("cart", "/fail?status=0");
            }
            await known("cart.example.com");
        });

        it("takes ten requests a minute", async function () {
            // Its minute has to pass before the count can start again.
            this.retries(0);
            await eventually(async () => {
                const { status } = await through("catalog.example.com", "/");
                assert.notEqual(status, 404);
            });
            const before = await requestsTo("catalog", "/");
            const counts = await statuses(60, "catalog.example.com");
            const passed = (await requestsTo("catalog", "/")) - before;
            assert.deepEqual(counts, { "200": passed, "429": 60 - passed });
            assert.ok(passed <= 10, `${passed} passed`);
        });

        it("fails three of ten requests on purpose, and delays them all", async () => {
            await eventually(async () => {
                assert.deepEqual(Object.keys(await statuses(40, "payment.example.com")), [
                    "200",
                    "418",
                ]);
            });
            const answers = await many(1_000, () => through("payment.example.com", "/"));
            const counts = counted(answers.map(({ status }) => status));
            assert.deepEqual(Object.keys(counts), ["200", "418"]);
            assertShare(counts["418"] ?? 0, 1_000, 0.3);
            // Envoy counts from the time at which its event loop last woke, some milliseconds ago.
            const soonest = Math.min(...answers.map(({ milliseconds }) => milliseconds));
            assert.ok(soonest >= 90, `${soonest} ms`);
        });
    },
);
