/** Proves that istiod signs by the authority that the stack gives it, and takes another without a restart. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import type { DetailedPeerCertificate } from "node:tls";
import { openStack } from "../../sandbox";
import { issued } from "../support/issued";
import { eventually } from "./living-requests";
import { APP_PORT, NAMESPACE } from "./living-objects";
import { bringToLife, kubectl, pod, shop, STACK_CONFIG, startLiving } from "./living-sandbox";

const root = issued({ name: "Root of the test" });
const first = issued({ name: "First issuer", by: root });
const second = issued({ name: "Second issuer", by: root });
const SYSTEM = ["-n", "istio-system"] as const;
let directory = "";

/** Puts an authority where the stack looks for it. */
async function give({ certificate, key }: typeof first): Promise<void> {
    const files = {
        "ca-cert.pem": certificate,
        "ca-key.pem": key,
        "cert-chain.pem": certificate,
        "root-cert.pem": root.certificate,
    };
    for (const [file, text] of Object.entries(files)) await writeFile(join(directory, file), text);
}

function stack(): ReturnType<typeof openStack> {
    return openStack("authority", {
        state: shop().places.root,
        tools: shop().tools,
        from: "dev",
        config: {
            ...STACK_CONFIG,
            "istio-mesh:gateways": [],
            "istio-mesh:mesh": { ca: { secret: { directory, protect: false } } },
        },
        // The pack asks for the Secret's protection, which would keep the stack from going again.
        policy: false,
    });
}

/** Names of who issued the certificate that an app's sidecar shows, the leaf's issuer first. */
async function issuersOf(app: string): Promise<readonly string[]> {
    const { address: host } = await pod(app);
    const leaf = await new Promise<DetailedPeerCertificate>((done, failed) => {
        const socket = connect(
            { host, port: APP_PORT, ALPNProtocols: ["istio"], rejectUnauthorized: false },
            () => {
                done(socket.getPeerCertificate(true));
                socket.destroy();
            },
        );
        socket.on("error", failed);
    });
    return issuersUpFrom(leaf);
}

/** A chain ends with a certificate whose issuer wasn't sent, or that issued itself. */
function issuersUpFrom(one: DetailedPeerCertificate | undefined): readonly string[] {
    if (one === undefined || one.issuerCertificate === one) return [];
    return [nameOf(one), ...issuersUpFrom(one.issuerCertificate)];
}

/** A certificate's issuer by its common name. */
function nameOf({ issuer }: DetailedPeerCertificate): string {
    return [issuer.CN].flat().join();
}

const secretUid = () =>
    kubectl(...SYSTEM, "get", "secret", "cacerts", "-o", "jsonpath={.metadata.uid}");

describe("an authority of one's own", function () {
    this.timeout(400_000);

    before(async function () {
        // A machine with empty caches builds istiod here.
        this.timeout(30 * 60_000);
        await startLiving(this);
        directory = await mkdtemp(join(tmpdir(), "istio-mesh-ca-"));
        await give(first);
        await (await stack()).up();
        await bringToLife([NAMESPACE]);
    });
    after(async function () {
        this.timeout(300_000);
        await (await stack()).destroy();
        await rm(directory, { recursive: true, force: true });
    });

    it("signs the certificates that sidecars show", async () => {
        await eventually(async () => {
            assert.deepEqual(await issuersOf("frontend"), ["First issuer", "Root of the test"]);
        }, 60_000);
    });

    it("leaves istiod no reason to make a root of its own", async () => {
        const secrets = await kubectl(...SYSTEM, "get", "secrets", "-o", "name");
        assert.match(secrets, /^secret\/cacerts$/m);
        assert.doesNotMatch(secrets, /istio-ca-secret/);
    });

    it("changes nothing at a second up", async () => {
        const { summary } = await (await stack()).up();
        const { same: _same, ...changes } = summary.resourceChanges ?? {};
        assert.deepEqual(changes, {});
    });

    it("is followed by another of the same root, in place, for the pods that start then", async () => {
        const uid = await secretUid();
        await give(second);
        const { summary } = await (await stack()).up();
        assert.equal(summary.resourceChanges?.update, 1);
        assert.equal(await secretUid(), uid);
        // istiod sees the files once the node has brought them, which takes up to half a minute.
        await eventually(async () => {
            await kubectl("-n", NAMESPACE, "delete", "pod", "-l", "app=cart");
            const issuers = await eventually(async () => {
                await bringToLife([NAMESPACE]);
                return issuersOf("cart");
            }, 60_000);
            assert.deepEqual(issuers, ["Second issuer", "Root of the test"]);
        }, 180_000);
        assert.deepEqual(await issuersOf("frontend"), ["First issuer", "Root of the test"]);
    });
});
