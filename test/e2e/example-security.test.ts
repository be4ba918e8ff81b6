/** Proves what the example of security promises: who gets an answer, and who doesn't, counted. */
import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openPort } from "../../sandbox/living/addresses";
import { example } from "./examples";
import { ask, counted, eventually, many, said } from "./living-requests";
import { APP_PORT, INGRESS, NAMESPACE, routed } from "./living-objects";
import { apply, kubectl, loopback, pod, takeAway, through } from "./living-sandbox";

const SHOP = "shop.example.com";
const PAY = "pay.example.com";
const EGRESS = "istio-egress";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** Stands for the payment provider outside of the mesh. */
const outside = createServer((_request, response) => response.end('{"app":"outside"}'));

function token(key: typeof privateKey, subject: string, seconds: number): string {
    const part = (value: object): string =>
        Buffer.from(JSON.stringify(value)).toString("base64url");
    const text = `${part({ alg: "RS256", kid: "one" })}.${part({
        iss: "https://issuer.example.com",
        sub: subject,
        exp: Math.floor(Date.now() / 1_000) + seconds,
    })}`;
    return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

/** How many requests the egress gateway has sent to the payment provider. */
async function sentOut(): Promise<number> {
    const { adminPort } = await pod(EGRESS);
    const { text } = await ask(`http://127.0.0.1:${adminPort ?? 0}/clusters`);
    const count = /^outbound\|80\|\|pay\.example\.com::[^:]+:\d+::rq_total::(\d+)$/m.exec(text);
    assert.ok(count !== null, text.slice(0, 2_000));
    return Number(count[1]);
}

/** The example's section, with keys that the test can sign with and an outside that it can watch. */
async function ownSecurity(config: Readonly<Record<string, unknown>>): Promise<object> {
    await new Promise<void>((done) => outside.listen(0, "127.0.0.1", done));
    const { port } = outside.address() as AddressInfo;
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256" };
    const section = config["istio-mesh:security"] as {
        authentication: [{ jwksUri: string }];
        egress: [{ ports: [object] }];
    };
    const { jwksUri: _uri, ...authentication } = section.authentication[0];
    const [egress] = section.egress;
    return {
        "istio-mesh:security": {
            ...section,
            authentication: [{ ...authentication, jwks: JSON.stringify({ keys: [jwk] }) }],
            egress: [
                {
                    ...egress,
                    addresses: ["127.0.0.1"],
                    ports: [{ ...egress.ports[0], targetPort: port }],
                },
            ],
        },
    };
}

example(
    "security",
    [
        "Gateway/istio-ingress/istio-ingress",
        "VirtualService/shop/frontend",
        "VirtualService/shop/checkout",
        "VirtualService/shop/profile",
        "PeerAuthentication/istio-system/default",
        "PeerAuthentication/shop/default",
        "AuthorizationPolicy/shop/checkout-from-frontend",
        "AuthorizationPolicy/shop/default-deny",
        "AuthorizationPolicy/shop/frontend-from-outside",
        "AuthorizationPolicy/shop/frontend-not-its-admin-page",
        "AuthorizationPolicy/shop/profile-required",
        "AuthorizationPolicy/shop/profile-with-token",
        "RequestAuthentication/shop/profile",
        "ServiceEntry/istio-egress/payment-provider",
        "Gateway/istio-egress/istio-egress",
        "DestinationRule/istio-egress/istio-egress",
        "VirtualService/istio-egress/payment-provider-1",
        "AuthorizationPolicy/istio-egress/istio-egress",
    ],
    () => {
        after(() => {
            outside.close();
        });
        const statuses = async (count: number, host: string, path: string) =>
            counted((await many(count, () => through(host, path))).map(({ status }) => status));
        const settled = (host: string, path: string, status: number) =>
            eventually(async () => {
                assert.equal((await through(host, path)).status, status);
            });

        it("lets the gateway call the frontend, but not its admin page", async () => {
            await settled(SHOP, "/", 200);
            await settled(SHOP, "/admin/1", 403);
            assert.deepEqual(await statuses(50, SHOP, "/"), { "200": 50 });
            assert.deepEqual(await statuses(50, SHOP, "/admin/2"), { "403": 50 });
        });

        it("lets the frontend call checkout, and not the gateway", async () => {
            await settled(SHOP, "/via/checkout", 200);
            await settled("checkout.example.com", "/via/", 403);
            assert.deepEqual(await statuses(50, SHOP, "/via/checkout"), { "200": 50 });
            assert.deepEqual(await statuses(50, "checkout.example.com", "/via/"), { "403": 50 });
        });

        it("denies by default what nothing allows", async () => {
            await settled(SHOP, "/via/cart", 403);
            assert.deepEqual(await statuses(50, SHOP, "/via/cart"), { "403": 50 });
        });

        it("refuses plaintext", async () => {
            const { address } = await pod("cart");
            const answers = await Promise.all(
                Array.from({ length: 20 }, () =>
                    ask(`http://${address}:${APP_PORT}/`).then(
                        ({ status }) => status,
                        () => "refused",
                    ),
                ),
            );
            assert.deepEqual(counted(answers), { refused: 20 });
        });

        it("takes a right token, and no other", async () => {
            const status = async (bearer?: string): Promise<number> =>
                (
                    await through(
                        "profile.example.com",
                        "/",
                        bearer === undefined
                            ? {}
                            : { headers: { authorization: `Bearer ${bearer}` } },
                    )
                ).status;
            await eventually(async () => {
                assert.equal(await status(token(privateKey, "somebody", 600)), 200);
            });
            assert.deepEqual(
                {
                    right: await status(token(privateKey, "somebody", 600)),
                    none: await status(),
                    otherSubject: await status(token(privateKey, "nobody", 600)),
                    wrongKey: await status(token(stranger, "somebody", 600)),
                    expired: await status(token(privateKey, "somebody", -600)),
                },
                { right: 200, none: 403, otherSubject: 403, wrongKey: 401, expired: 401 },
            );
        });

        it("leaves by the egress gateway, every time", async () => {
            await settled(SHOP, `/via/${PAY}`, 200);
            const before = await sentOut();
            assert.deepEqual(await statuses(100, SHOP, `/via/${PAY}`), { "200": 100 });
            assert.equal((await sentOut()) - before, 100);
        });

        it("lets nobody out by the egress gateway but whom it is meant for", async () => {
            const before = await sentOut();
            const address = await kubectl(
                ...["-n", EGRESS, "get", "service", EGRESS, "-o", "jsonpath={.spec.clusterIP}"],
            );
            const url = `http://${(await loopback()).of(address)}:${openPort(80)}/`;
            const plaintext = await Promise.all(
                Array.from({ length: 20 }, () =>
                    ask(url, { headers: { host: PAY } }).then(
                        ({ status }) => status,
                        () => "refused",
                    ),
                ),
            );
            assert.deepEqual(counted(plaintext), { refused: 20 });
            // The ingress gateway has a certificate, of another namespace than the one that may call.
            const destination = {
                host: `${EGRESS}.${EGRESS}.svc.cluster.local`,
                subset: "payment-provider-1",
                port: { number: 80 },
            };
            await apply(
                ...routed("leak.example.com", [
                    { rewrite: { authority: PAY }, route: [{ destination }] },
                ]),
            );
            try {
                await settled("leak.example.com", "/", 403);
                assert.deepEqual(await statuses(50, "leak.example.com", "/"), { "403": 50 });
                assert.equal(await sentOut(), before);
            } finally {
                await takeAway();
            }
        });

        it("calls outside what is named, and nothing else", async () => {
            await eventually(async () => {
                const answer = await through(SHOP, "/via/pay.example.com");
                assert.deepEqual([answer.status, said(answer)["next"]], [200, { app: "outside" }]);
            });
            assert.deepEqual(await statuses(20, SHOP, "/via/pay.example.com"), { "200": 20 });
            assert.deepEqual(await statuses(20, SHOP, "/via/elsewhere.example.com"), { "502": 20 });
        });
    },
    { config: ownSecurity, namespaces: [NAMESPACE, INGRESS, EGRESS] },
);
