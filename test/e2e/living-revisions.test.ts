/**
 * Proves that several istiods live side by side: each revision's webhooks reach its own istiod, labels and tags
 * choose the right one, and a moved tag changes what new pods get. A pod that is only tried is sent with
 * --dry-run=server: the API server asks every webhook and keeps nothing.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openStack } from "../../sandbox";
import { LIVING_LABEL } from "../../sandbox/living/roles";
import { eventually, said } from "./living-requests";
import { APP_PORT, HOST, lonePod, toFrontend, TRUST_DOMAIN } from "./living-objects";
import {
    allReady,
    apply,
    kubectl,
    kubectlWith,
    openShop,
    pods,
    servedBy,
    shop,
    STACK_CONFIG,
    takeAway,
    through,
} from "./living-sandbox";
import type { Manifest } from "./living-objects";

const SYSTEM = ["-n", "istio-system"] as const;
/** Namespaces by what they say about injection. */
const NAMESPACES = {
    "by-revision": { "istio.io/rev": "green" },
    "by-tag": { "istio.io/rev": "stable" },
    "by-both": { "istio.io/rev": "green", "istio-injection": "enabled" },
    "by-nothing": {},
    "by-disabled": { "istio-injection": "disabled" },
} as const;
type Place = keyof typeof NAMESPACES;

/** Deploys both revisions; the tag `stable` points at the one that is named, or at none. */
async function deploy(stable?: "blue" | "green"): Promise<void> {
    const tags = (revision: string): string[] => (revision === stable ? ["stable"] : []);
    process.env["TEST_REVISIONS"] = JSON.stringify({ blue: tags("blue"), green: tags("green") });
    const stack = await revisions();
    await stack.up();
}

function revisions(): ReturnType<typeof openStack> {
    return openStack("revisions", {
        state: shop().places.root,
        tools: shop().tools,
        from: "dev",
        program: join(__dirname, "revisions-program.ts"),
        policy: false,
        config: STACK_CONFIG,
    });
}

interface Sent {
    readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
    readonly spec: Record<
        "containers" | "initContainers",
        | readonly {
              readonly name: string;
              readonly env?: readonly { readonly name: string; readonly value?: string }[];
          }[]
        | undefined
    >;
}

/** The istiod that a pod's sidecar asks for its configuration; `nobody` when it has none. */
function injector({ metadata, spec }: Sent): string {
    const sidecar = [...(spec.initContainers ?? []), ...(spec.containers ?? [])].find(
        ({ name }) => name === "istio-proxy",
    );
    if (sidecar === undefined) return "nobody";
    const config = sidecar.env?.find(({ name }) => name === "PROXY_CONFIG")?.value ?? "{}";
    const { discoveryAddress = "istiod.istio-system.svc:15012" } = JSON.parse(config) as {
        discoveryAddress?: string;
    };
    const host = discoveryAddress.split(".")[0] ?? "";
    const said = metadata.annotations?.["istio.io/rev"] ?? "";
    assert.equal(host, said === "default" ? "istiod" : `istiod-${said}`);
    return said;
}

/** Who would inject a pod with these labels. */
async function injectedBy(
    namespace: Place,
    labels: Readonly<Record<string, string>> = {},
): Promise<string> {
    const sent = JSON.stringify(lonePod("tried", labels, {}, namespace));
    const options = ["create", "--dry-run=server", "-o", "json", "-f", "-"];
    return injector(JSON.parse(await kubectlWith(sent, ...options)) as Sent);
}

function service(name: string, namespace: Place): Manifest {
    return {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name, namespace },
        spec: { selector: { app: name }, ports: [{ name: "http", port: APP_PORT }] },
    };
}

describe("revisions of a living istiod", function () {
    this.timeout(300_000);
    // Real processes on shared cores stall now and then; what is wrong fails three times.
    this.retries(2);

    before(openShop);
    before(async function () {
        this.timeout(600_000);
        await deploy("blue");
        await apply(
            ...Object.entries(NAMESPACES).map(([name, labels]) => ({
                apiVersion: "v1",
                kind: "Namespace",
                metadata: { name, labels: { ...labels, [LIVING_LABEL]: "enabled" } },
            })),
        );
        await allReady(120_000);
        // A webhook is called once its istiod has put its CA beside it.
        await eventually(async () => {
            assert.deepEqual(
                [await injectedBy("by-revision"), await injectedBy("by-tag")],
                ["green", "blue"],
            );
        }, 60_000);
    });
    after(async function () {
        this.timeout(300_000);
        await takeAway();
        await (await revisions()).destroy();
    });

    it("run at the same time, each from its own Deployment", async () => {
        const running = await Promise.all(
            (await pods("istiod")).map(async ({ pids: [pid] }) => {
                const env = await readFile(`/proc/${pid ?? 0}/environ`, "utf8");
                return env.split("\0").find((line) => line.startsWith("REVISION="));
            }),
        );
        assert.deepEqual(running.sort(), ["REVISION=blue", "REVISION=default", "REVISION=green"]);
    });

    it("inject by the rules of labels, revisions and opt-outs", async () => {
        const inject = (value: string): Record<string, string> => ({
            "sidecar.istio.io/inject": value,
        });
        const rev = (value: string): Record<string, string> => ({ "istio.io/rev": value });
        const cases: readonly [Place, Record<string, string>, string][] = [
            ["by-revision", {}, "green"],
            ["by-revision", inject("false"), "nobody"],
            ["by-tag", {}, "blue"],
            ["by-tag", inject("false"), "nobody"],
            // The namespace's label decides, whatever a pod says.
            ["by-tag", rev("green"), "blue"],
            ["by-both", {}, "default"],
            ["by-nothing", {}, "nobody"],
            ["by-nothing", inject("true"), "default"],
            ["by-nothing", rev("green"), "green"],
            ["by-nothing", rev("stable"), "blue"],
            ["by-nothing", { ...rev("green"), ...inject("false") }, "nobody"],
            ["by-disabled", rev("green"), "nobody"],
            ["by-disabled", inject("true"), "nobody"],
        ];
        const found = await Promise.all(
            cases.map(async ([place, labels]) => [place, labels, await injectedBy(place, labels)]),
        );
        assert.deepEqual(found, cases);
    });

    it("serve the proxies that they injected, in one mesh with those of the others", async () => {
        await apply(
            lonePod("late-green", {}, {}, "by-revision"),
            lonePod("late-blue", {}, {}, "by-tag"),
            service("late-green", "by-revision"),
            service("late-blue", "by-tag"),
        );
        await eventually(async () => {
            assert.deepEqual(
                { blue: await servedBy("blue"), green: await servedBy("green") },
                { blue: ["by-tag/late-blue"], green: ["by-revision/late-green"] },
            );
        }, 60_000);
        const path = `/via/late-green.by-revision:${APP_PORT}/late-blue.by-tag:${APP_PORT}`;
        await eventually(async () => {
            const answer = said(await through(HOST, path));
            const green = answer["next"] as Record<string, unknown> | undefined;
            const blue = green?.["next"] as Record<string, unknown> | undefined;
            assert.deepEqual(
                [green?.["app"], blue?.["app"], blue?.["caller"]],
                ["late-green", "late-blue", `spiffe://${TRUST_DOMAIN}/ns/by-revision/sa/default`],
            );
        }, 60_000);
    });

    it("refuse a wrong object each for itself, and not without its istiod", async () => {
        const wrong = (rev: string): string =>
            JSON.stringify({
                apiVersion: "networking.istio.io/v1",
                kind: "VirtualService",
                metadata: { name: "wrong", namespace: "by-tag", labels: { "istio.io/rev": rev } },
                spec: { hosts: ["a"], http: [{ route: [{ destination: { host: "" } }] }] },
            });
        const send = (object: string): Promise<string> =>
            kubectlWith(object, "create", "--dry-run=server", "-f", "-");
        await assert.rejects(send(wrong("green")), /"[\w.]*validation\.istio\.io" denied/);
        await kubectl(...SYSTEM, "scale", "deployment", "istiod-green", "--replicas=0");
        try {
            await eventually(async () => {
                assert.deepEqual(await pods("istiod-green"), []);
            }, 60_000);
            // Its Service has no endpoint a moment later.
            await eventually(async () => {
                await assert.rejects(injectedBy("by-revision"), /failed calling webhook.*green/s);
            }, 30_000);
            assert.equal(await injectedBy("by-tag"), "blue");
            await assert.rejects(send(wrong("blue")), /"[\w.]*validation\.istio\.io" denied/);
        } finally {
            await kubectl(...SYSTEM, "scale", "deployment", "istiod-green", "--replicas=1");
        }
        await eventually(async () => {
            assert.equal(await injectedBy("by-revision"), "green");
        }, 90_000);
    });

    it("follow a tag that moves: new pods get the other one, those that run keep theirs", async () => {
        await apply(lonePod("early", {}, {}, "by-tag"));
        await eventually(async () => {
            assert.ok((await servedBy("blue")).includes("by-tag/early"));
        }, 60_000);
        // Both charts would own one object by that name: it goes before it comes again.
        await deploy();
        assert.equal(await injectedBy("by-tag"), "nobody");
        await deploy("green");
        await eventually(async () => {
            assert.equal(await injectedBy("by-tag"), "green");
        }, 60_000);
        assert.equal(await injectedBy("by-nothing", { "istio.io/rev": "stable" }), "green");
        assert.ok((await servedBy("blue")).includes("by-tag/early"));
        await kubectl("-n", "by-tag", "delete", "pod", "early");
        await apply(lonePod("early", {}, {}, "by-tag"));
        await eventually(async () => {
            assert.ok((await servedBy("green")).includes("by-tag/early"));
        }, 60_000);
        await takeAway(toFrontend);
    });
});
