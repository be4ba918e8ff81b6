/** Proves who may talk to whom: certificates of istiod's CA, mTLS, authorization and tokens, by real requests. */
import assert from "node:assert/strict";
import { createSign, generateKeyPairSync, X509Certificate } from "node:crypto";
import { connect } from "node:tls";
import { ask, counted, eventually, many, said } from "./living-requests";
import type { Answer } from "./living-requests";
import {
    APP_PORT,
    HOST,
    INGRESS,
    istio,
    NAMESPACE,
    routed,
    toFrontend,
    TRUST_DOMAIN,
} from "./living-objects";
import { apply, kubectl, openShop, pod, takeAway, through } from "./living-sandbox";

const account = (name: string, namespace: string = NAMESPACE): string =>
    `${TRUST_DOMAIN}/ns/${namespace}/sa/${name}`;
const selector = (app: string): object => ({ matchLabels: { app } });

/** What a client without a certificate gets: an answer's status, or how the connection ended. */
async function plaintext(app: string): Promise<string> {
    const { address } = await pod(app);
    return ask(`http://${address}:${APP_PORT}/`).then(
        ({ status }) => `status ${status}`,
        () => "refused",
    );
}

/** What a TLS client without a certificate gets. */
async function withoutIdentity(app: string): Promise<string> {
    const { address } = await pod(app);
    return new Promise((done) => {
        const socket = connect({
            host: address,
            port: APP_PORT,
            // The server's name is not checked: whether it lets this client in is what counts.
            rejectUnauthorized: false,
            ALPNProtocols: ["istio"],
        });
        socket.setTimeout(5_000, () => socket.destroy(new Error("silence")));
        socket.on("error", () => {
            done("refused");
        });
        socket.on("close", () => {
            done("refused");
        });
        socket.on("data", () => {
            done("answered");
            socket.destroy();
        });
        socket.on("secureConnect", () => socket.write("GET / HTTP/1.1\r\nhost: app\r\n\r\n"));
    });
}

function strict(mode: "STRICT" | "PERMISSIVE"): ReturnType<typeof istio> {
    return istio("security", "PeerAuthentication", "default", { mtls: { mode } });
}

/** How often each status comes back for twenty requests. */
async function statusesOf(request: () => Promise<Answer>): Promise<object> {
    return counted((await many(20, request)).map(({ status }) => status));
}

interface Certificate {
    readonly cert_chain?: readonly {
        readonly subject_alt_names: readonly { readonly uri?: string }[];
        readonly expiration_time: string;
    }[];
}

describe("identity in a living mesh", function () {
    this.timeout(120_000);
    // Real processes on shared cores stall now and then; what is wrong fails three times.
    this.retries(2);

    before(openShop);
    afterEach(() => takeAway(toFrontend));
    after(() => takeAway());

    it("comes as a certificate with the trust domain of the config, for a day", async () => {
        for (const app of ["frontend", "checkout", "cart"]) {
            const { adminPort } = await pod(app);
            const answer = await ask(`http://127.0.0.1:${adminPort}/certs`);
            const { certificates } = said(answer) as { certificates: readonly Certificate[] };
            const own = certificates
                .flatMap(({ cert_chain = [] }) => cert_chain)
                .filter(({ subject_alt_names }) => subject_alt_names.length > 0);
            assert.deepEqual(
                [...new Set(own.flatMap((one) => one.subject_alt_names.map(({ uri }) => uri)))],
                [`spiffe://${account(app)}`],
            );
            const hours = (Date.parse(own[0]?.expiration_time ?? "") - Date.now()) / 3_600_000;
            assert.ok(hours > 22 && hours <= 24, `${hours} h`);
        }
    });

    it("is what each app sees of its caller, all the way", async () => {
        const answer = said(await through(HOST, "/via/checkout/cart"));
        const checkout = answer["next"] as Record<string, unknown>;
        const cart = checkout["next"] as Record<string, unknown>;
        assert.deepEqual(
            [answer["caller"], checkout["caller"], cart["caller"]],
            [
                `spiffe://${account(INGRESS, INGRESS)}`,
                `spiffe://${account("frontend")}`,
                `spiffe://${account("checkout")}`,
            ],
        );
    });

    it("is signed by the root that istiod puts into every namespace", async () => {
        const root = await kubectl(
            ...["-n", NAMESPACE, "get", "configmap", "istio-ca-root-cert"],
            ...["-o", "jsonpath={.data.root-cert\\.pem}"],
        );
        const { address } = await pod("cart");
        const served = await new Promise<X509Certificate | undefined>((done, failed) => {
            const socket = connect(
                {
                    host: address,
                    port: APP_PORT,
                    rejectUnauthorized: false,
                    ALPNProtocols: ["istio"],
                },
                () => {
                    done(socket.getPeerX509Certificate());
                    socket.destroy();
                },
            );
            socket.on("error", failed);
        });
        assert.equal(served?.subjectAltName, `URI:spiffe://${account("cart")}`);
        assert.ok(served.verify(new X509Certificate(root).publicKey));
    });

    it("is asked for by STRICT and not by PERMISSIVE", async () => {
        await apply(strict("STRICT"));
        await eventually(async () => {
            assert.equal(await plaintext("cart"), "refused");
        });
        assert.equal(await withoutIdentity("cart"), "refused");
        const refused = await Promise.all(Array.from({ length: 20 }, () => plaintext("cart")));
        assert.deepEqual(counted(refused), { refused: 20 });
        const inside = await statusesOf(() => through(HOST, "/via/checkout/cart"));
        assert.deepEqual(inside, { "200": 20 });
        await apply(strict("PERMISSIVE"));
        await eventually(async () => {
            assert.equal(await plaintext("cart"), "status 200");
        });
        const accepted = await Promise.all(Array.from({ length: 20 }, () => plaintext("cart")));
        assert.deepEqual(counted(accepted), { "status 200": 20 });
        assert.equal(await withoutIdentity("cart"), "refused");
    });

    it("decides with path and method what an AuthorizationPolicy allows", async () => {
        await apply(
            istio("security", "AuthorizationPolicy", "checkout", {
                selector: selector("checkout"),
                action: "ALLOW",
                rules: [
                    {
                        from: [{ source: { principals: [account("frontend")] } }],
                        to: [{ operation: { methods: ["GET"], paths: ["/via/*"] } }],
                    },
                ],
            }),
            ...routed("checkout.example", [{ route: [{ destination: { host: "checkout" } }] }]),
        );
        await eventually(async () => {
            const { status, text } = await through("checkout.example", "/via/cart");
            assert.deepEqual([status, text], [403, "RBAC: access denied"]);
        });
        // By identity: frontend may, the gateway may not.
        assert.equal((await through(HOST, "/via/checkout/cart")).status, 200);
        await apply(
            istio("security", "AuthorizationPolicy", "checkout", {
                selector: selector("checkout"),
                action: "ALLOW",
                rules: [
                    {
                        from: [{ source: { principals: [account(INGRESS, INGRESS)] } }],
                        to: [{ operation: { methods: ["GET"], paths: ["/via/*"] } }],
                    },
                ],
            }),
        );
        await eventually(async () => {
            assert.equal((await through("checkout.example", "/via/cart")).status, 200);
        });
        const statuses = (path: string, method: string): Promise<object> =>
            statusesOf(() => through("checkout.example", path, { method }));
        assert.deepEqual(
            {
                allowed: await statuses("/via/cart", "GET"),
                method: await statuses("/via/cart", "POST"),
                path: await statuses("/admin", "GET"),
            },
            { allowed: { "200": 20 }, method: { "403": 20 }, path: { "403": 20 } },
        );
        // A connection from before the change is judged by the old policy until it is closed.
        await eventually(async () => {
            const answer = said(await through(HOST, "/via/checkout"));
            assert.equal(answer["next"], "RBAC: access denied");
        });
    });

    it("denies by an AuthorizationPolicy before it allows", async () => {
        await apply(
            istio("security", "AuthorizationPolicy", "closed", {
                selector: selector("frontend"),
                action: "DENY",
                rules: [{ to: [{ operation: { paths: ["/secret*"] } }] }],
            }),
        );
        await eventually(async () => {
            assert.equal((await through(HOST, "/secret/1")).status, 403);
        });
        assert.deepEqual(await statusesOf(() => through(HOST, "/secret/2")), { "403": 20 });
        assert.deepEqual(await statusesOf(() => through(HOST, "/open")), { "200": 20 });
    });

    it("accepts a right token and refuses none, a wrong and an expired one", async () => {
        const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
        const issuer = "https://issuer.example";
        const token = (key: typeof privateKey, expires: number): string => {
            const part = (value: object): string =>
                Buffer.from(JSON.stringify(value)).toString("base64url");
            const text = `${part({ alg: "RS256", kid: "one" })}.${part({
                iss: issuer,
                sub: "somebody",
                exp: Math.floor(Date.now() / 1_000) + expires,
            })}`;
            return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
        };
        const jwk = { ...publicKey.export({ format: "jwk" }), kid: "one", alg: "RS256" };
        await apply(
            istio("security", "RequestAuthentication", "frontend", {
                selector: selector("frontend"),
                jwtRules: [{ issuer, jwks: JSON.stringify({ keys: [jwk] }) }],
            }),
            istio("security", "AuthorizationPolicy", "frontend", {
                selector: selector("frontend"),
                action: "ALLOW",
                rules: [{ from: [{ source: { requestPrincipals: [`${issuer}/somebody`] } }] }],
            }),
        );
        const statuses = (bearer: string): Promise<object> =>
            statusesOf(() =>
                through(HOST, "/", { headers: { authorization: `Bearer ${bearer}` } }),
            );
        const none = (): Promise<object> => statusesOf(() => through(HOST, "/"));
        await eventually(async () => {
            assert.deepEqual(await none(), { "403": 20 });
        });
        assert.deepEqual(
            {
                right: await statuses(token(privateKey, 600)),
                wrong: await statuses(token(stranger, 600)),
                expired: await statuses(token(privateKey, -600)),
            },
            { right: { "200": 20 }, wrong: { "401": 20 }, expired: { "401": 20 } },
        );
    });
});
