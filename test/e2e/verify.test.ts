/** Proves verify on a living mesh, by its command line: all well first, then with faults planted one by one. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { CheckName } from "../../verify/findings";
import { CLUSTER, INGRESS, istio, lonePod, NAMESPACE, toFrontend } from "./living-objects";
import type { Manifest } from "./living-objects";
import { eventually } from "./living-requests";
import { apply, kubectl, openShop, shop, takeAway } from "./living-sandbox";
import { reported, verify } from "./verifying";

const RIGHTS = join(__dirname, "..", "..", "verify", "rights.yaml");
let folder = "";

/** Checks that found something about an object, sorted. */
async function found(subject: string): Promise<readonly CheckName[]> {
    const { findings } = await reported();
    return findings
        .filter((finding) => finding.subject === subject)
        .map(({ check }) => check)
        .sort();
}

const mtls = (mode: string, name = "default", rest: object = {}): Manifest =>
    istio("security", "PeerAuthentication", name, { mtls: { mode }, ...rest });

/** A namespace with these labels. */
const namespaced = (name: string, labels: Readonly<Record<string, string>>): Manifest => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name, labels },
});

/** A pod whose sidecar isn't as the injector would have it: what it says itself wins. */
function odd(name: string, proxy: object): Manifest {
    const pod = lonePod(name);
    const spec = pod.spec as { containers: object[] };
    return {
        ...pod,
        spec: { containers: [...spec.containers, { name: "istio-proxy", ...proxy }] },
    };
}

/** A ztunnel as its chart makes it, played. */
const ztunnel = (cluster: string): Manifest => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "ztunnel-odd", namespace: "ztunnel-test", labels: { app: "ztunnel" } },
    spec: {
        containers: [
            {
                name: "istio-proxy",
                image: "docker.io/istio/ztunnel:1.31.3",
                env: [{ name: "ISTIO_META_CLUSTER_ID", value: cluster }],
            },
        ],
    },
});

describe("verify on a living mesh", function () {
    this.timeout(180_000);

    before(openShop);
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "istio-mesh-verify-"));
    });
    afterEach(() => takeAway(toFrontend));
    after(async () => {
        await takeAway();
        await kubectl("delete", "--ignore-not-found", "-f", RIGHTS);
        await rm(folder, { recursive: true, force: true });
    });

    it("says that plaintext is taken while nobody forbids it, and ends with 0 unless strict", async () => {
        const { code, stdout } = await verify(["--width", "160"]);
        assert.match(stdout, /0 faults, 0 to restart, 3 that take plaintext/);
        assert.match(stdout, /^Deployment frontend +1 +sidecar +mTLS and plaintext/m);
        assert.equal(code, 0);
        assert.equal((await verify(["--strict"])).code, 3);
    });

    it("finds nothing once all is STRICT, having asked istiod itself", async () => {
        await apply(mtls("STRICT"));
        await eventually(async () => {
            const { findings, workloads, askedIstiod } = await reported();
            assert.deepEqual([findings, askedIstiod], [[], true]);
            assert.deepEqual(
                workloads
                    .filter(({ namespace }) => namespace === NAMESPACE)
                    .map(({ workload, plane, takes, by, proxies }) =>
                        [workload, plane, takes, by, proxies].join(" | "),
                    ),
                ["cart", "checkout", "frontend"].map(
                    (name) =>
                        `Deployment ${name} | sidecar | mTLS | PeerAuthentication ${NAMESPACE}/default | default 1.31.3`,
                ),
            );
        });
        assert.equal((await verify(["--strict"])).code, 0);
    });

    it("needs no more rights than verify/rights.yaml gives, and these change nothing", async () => {
        await kubectl("apply", "-f", RIGHTS);
        const token = await kubectl("-n", "istio-mesh-verify", "create", "token", "verifier");
        const known = parse(await readFile(shop().places.kubeconfig, "utf8")) as {
            users: { name: string; user: unknown }[];
        };
        known.users = known.users.map(({ name }) => ({ name, user: { token } }));
        const kubeconfig = join(folder, "verifier.yaml");
        await writeFile(kubeconfig, stringify(known));
        const own = await reported();
        assert.deepEqual(await reported(kubeconfig), own);
        const may = await kubectl(
            ...["auth", "can-i", "--list", "--no-headers"],
            ...["--as", "system:serviceaccount:istio-mesh-verify:verifier", "-n", "istio-system"],
        );
        assert.doesNotMatch(
            may,
            /^(pods|secrets|deployments\S*) .*\[(create|update|patch|delete|\*)/m,
        );
        await kubectl("-n", "istio-system", "delete", "role", "istio-mesh-verifier");
        const refused = await verify([], kubeconfig);
        assert.equal(refused.code, 1);
        assert.match(refused.stderr, /can't be read: .*configmaps is forbidden/);
        assert.match(refused.stderr, /kubectl apply -f verify\/rights\.yaml/);
    });

    it("names a ztunnel of another cluster", async () => {
        await apply(namespaced("ztunnel-test", {}), ztunnel("Kubernetes"));
        const { findings } = await reported();
        const told = findings.find(({ subject }) => subject === "Pod ztunnel-test/ztunnel-odd");
        assert.equal(told?.check, "cluster-name");
        assert.match(told.what, new RegExp(`"Kubernetes", but istiod knows only "${CLUSTER}"`));
    });

    it("names DISABLE for one workload and one port, and clients that speak plaintext", async () => {
        await apply(
            mtls("STRICT"),
            mtls("DISABLE", "cart", { selector: { matchLabels: { app: "cart" } } }),
            istio("networking", "DestinationRule", "checkout", {
                host: "checkout",
                trafficPolicy: { tls: { mode: "DISABLE" } },
            }),
        );
        assert.deepEqual(await found(`Deployment ${NAMESPACE}/cart`), ["plaintext-only"]);
        assert.deepEqual(await found(`DestinationRule ${NAMESPACE}/checkout`), ["client-tls"]);
        assert.deepEqual(await found(`Deployment ${NAMESPACE}/checkout`), []);
        assert.equal((await verify([])).code, 3);
    });

    it("names pods from before a label, from before an upgrade, and from before a move", async () => {
        await apply(namespaced("late", {}), lonePod("early", {}, {}, "late"));
        await apply(odd("old", { image: "docker.io/istio/proxyv2:1.30.4" }));
        await kubectl("label", "namespace", "late", "istio-injection=enabled");
        assert.deepEqual(await found("Pod late/early"), ["no-sidecar"]);
        assert.ok((await found(`Pod ${NAMESPACE}/old`)).includes("old-version"));
        const move = ["istio-injection-", "istio.io/dataplane-mode=ambient"];
        try {
            await kubectl("label", "namespace", NAMESPACE, ...move);
            assert.ok((await found(`Deployment ${NAMESPACE}/cart`)).includes("other-data-plane"));
            await kubectl("label", "namespace", NAMESPACE, "istio-injection=enabled");
            assert.deepEqual(await found(`Namespace ${NAMESPACE}`), ["conflicting-labels"]);
        } finally {
            const back = ["istio-injection=enabled", "istio.io/dataplane-mode-"];
            await kubectl("label", "--overwrite", "namespace", NAMESPACE, ...back);
        }
    });

    it("names a revision that nobody injects, and a pod that opted out", async () => {
        await apply(
            namespaced("lost", { "istio.io/rev": "gone" }),
            lonePod("loner", {}, {}, "lost"),
            lonePod("outside", { "sidecar.istio.io/inject": "false" }),
        );
        assert.deepEqual(await found("Namespace lost"), ["no-injector"]);
        assert.deepEqual(await found(`Pod ${NAMESPACE}/outside`), ["outside-by-choice"]);
        assert.deepEqual(await found(`Deployment ${INGRESS}/${INGRESS}`), []);
    });
});
