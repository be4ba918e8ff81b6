/**
 * Proves reviews and drift reports with the real engine and API server, by their command lines. What needs
 * the released CLI (--own) can't be proved here: the sandbox's engine has no host for programs.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { rules } from "../../policy/rules";
import { markdown } from "../../review/page/markdown";
import { COMMENT_LIMIT, pageOf } from "../../review/page/page";
import { reviewOf } from "../../review/review";
import { heard, reviewed } from "../../review/run/preview";
import { kubectl, open, sandbox } from "./sandbox";

const PROJECT = join(__dirname, "..", "..");
const RIGHTS = join(PROJECT, "review", "preview-rights.yaml");
let folder = "";

interface Ran {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs one of the project's scripts on the tests' sandbox. */
function run(script: "review" | "drift", ...args: readonly string[]): Promise<Ran> {
    const env = {
        ...process.env,
        ISTIO_MESH_SANDBOX: sandbox().state,
        ISTIO_MESH_LIVING: "off",
    };
    const words = ["run", "--silent", script, "--", ...args, "--out", folder];
    return new Promise((done) => {
        execFile(
            "npm",
            words,
            { cwd: PROJECT, env, maxBuffer: 1 << 26 },
            (error, stdout, stderr) => {
                done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
            },
        );
    });
}

const deploy = async (config: Record<string, unknown>) => (await open("dev", { config })).up();

interface Report {
    readonly findings: readonly {
        readonly object: string;
        readonly path: string;
        readonly culprit: string;
        readonly expected?: string;
    }[];
}

describe("a review of stack dev", () => {
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "istio-mesh-review-"));
        // Where the stack file says otherwise, the review has something to say.
        await deploy({ "istio-mesh:sizing": { istiod: { memory: "256Mi" } } });
    });
    after(async () => {
        await (await open("dev")).destroy();
        await kubectl("delete", "--ignore-not-found", "-f", RIGHTS);
        await rm(folder, { recursive: true, force: true });
    });

    it("says what an update would mean, on the terminal and in files", async () => {
        const { code, stdout, stderr } = await run("review", "dev", "--width", "72");
        assert.equal(code, 0, stderr);
        assert.match(stderr, /Previewing stack dev \.\.\. done/);
        assert.match(stdout, /istiod restart \(1\)/);
        assert.match(stdout, /requests\.memory:\s+256Mi\s+->\s+128Mi/);
        assert.match(stdout, /cluster\s+\(3 nodes/);
        assert.match(stdout, /^Kubernetes +1\.\d+\.\d+/m);
        const json = JSON.parse(await readFile(join(folder, "dev.json"), "utf8")) as {
            classes: string[];
            complete: boolean;
        };
        assert.deepEqual(json.classes, ["istiod-restart"]);
        assert.equal(json.complete, true);
        assert.match(
            await readFile(join(folder, "comment.md"), "utf8"),
            /^<!-- istio-mesh review -->/,
        );
        assert.match(await readFile(join(folder, "dev.svg"), "utf8"), /on 3 nodes/);
    });

    it("is the same text for the same change, whenever it is run", async () => {
        const before = await readFile(join(folder, "comment.md"), "utf8");
        const { code } = await run("review", "dev", "--width", "72", "--fail-on", "istiod-restart");
        assert.equal(code, 3);
        assert.equal(await readFile(join(folder, "comment.md"), "utf8"), before);
    });

    it("refuses a stack that isn't there, and names those that are", async () => {
        const { code, stderr } = await run("review", "nowhere");
        assert.equal(code, 1);
        assert.match(stderr, /There is no stack "nowhere"/);
        assert.match(stderr, /Stacks: .*\bdev\b.*\bprod\b/);
    });

    it("shows what is known of a preview that fails half-way, and that it failed", async () => {
        // The Gateway API's CRDs come before the charts: this preview ends after them.
        const failing = await open("dev", {
            config: { "istio-mesh:workloads": [], "istio-mesh:charts": { directory: folder } },
            policy: false,
        });
        const { events, failure } = await heard(
            "The preview",
            (onEvent) => failing.preview({ onEvent }),
            reviewed,
        );
        const review = reviewOf({
            ...{ stack: "dev", target: "the sandbox", events, rules: [] },
            ...(failure === undefined ? {} : { failure }),
        });
        assert.equal(review.complete, false);
        assert.match(review.gaps.join("\n"), /^The preview failed: /);
        assert.ok(review.words.some(({ message }) => message.includes("no chart base")));
    });

    it("has what the policy pack forbids, with the fix, in the comment", async () => {
        const loose = await open("dev", {
            config: { "istio-mesh:security": { mtls: "PERMISSIVE" } },
        });
        const { events } = await heard(
            "The preview",
            (onEvent) => loose.preview({ onEvent }),
            reviewed,
        );
        const review = reviewOf({ stack: "dev", target: "the sandbox", events, rules });
        const found = review.findings.find(({ policy }) => policy === "require-strict-mtls");
        assert.equal(found?.blocks, true);
        const comment = pageOf(review, { write: markdown, limit: COMMENT_LIMIT });
        assert.match(comment, /\*\*blocks\*\* \[`?require-strict-mtls`?\]\(https:/);
        assert.match(comment, /lets plain text in; set it to STRICT\. Fix: Set spec\.mtls\.mode/);
    });

    it("says so when the cluster can't be reached", async () => {
        const kubeconfig = join(folder, "unreachable.yaml");
        const known = parse(await readFile(sandbox().cluster.kubeconfig, "utf8")) as {
            clusters: [{ cluster: { server: string } }];
        };
        known.clusters[0].cluster.server = "https://127.0.0.1:9";
        await writeFile(kubeconfig, stringify(known));
        const failing = await open("dev", { config: { "istio-mesh:kubeconfig": kubeconfig } });
        const { failure, events } = await heard(
            "The preview",
            (onEvent) => failing.preview({ onEvent }),
            reviewed,
        );
        assert.match(failure ?? "", /^The preview failed/);
        assert.ok(
            events.some((event) => "word" in event && event.word.message.includes("127.0.0.1:9")),
        );
    });

    it("works with the rights of review/preview-rights.yaml, and an update with them fails", async () => {
        await kubectl("apply", "-f", RIGHTS);
        const token = await kubectl("-n", "istio-mesh-review", "create", "token", "reviewer");
        const known = parse(await readFile(sandbox().cluster.kubeconfig, "utf8")) as {
            users: { name: string; user: unknown }[];
        };
        known.users = known.users.map(({ name }) => ({ name, user: { token } }));
        const kubeconfig = join(folder, "reviewer.yaml");
        await writeFile(kubeconfig, stringify(known));
        const limited = await open("dev", {
            config: { "istio-mesh:kubeconfig": kubeconfig },
            policy: false,
        });
        const { changeSummary } = await limited.preview();
        assert.ok((changeSummary.update ?? 0) > 0, JSON.stringify(changeSummary));
        assert.ok((changeSummary.same ?? 0) > 50, JSON.stringify(changeSummary));
        await assert.rejects(limited.up(), /forbidden/i);
        assert.match(
            await kubectl("-n", "istio-system", "get", "deploy", "istiod", "-o", "yaml"),
            /memory: 256Mi/,
        );
    });

    it("finds no drift where there is none", async () => {
        // The refused update has left nothing behind; the next one also aims at the cluster as its admin.
        await deploy({});
        const { code, stdout, stderr } = await run("drift", "dev");
        assert.equal(code, 0, stdout + stderr);
        assert.match(stdout, /No drift/);
    });

    it("finds each kind of drift and names who made it, and keeps expected writers quiet", async () => {
        const boutique = ["-n", "boutique-dev"];
        await kubectl("-n", "istio-system", "scale", "deployment/istiod", "--replicas=3");
        await kubectl("label", "namespace", "boutique-dev", "istio.io/use-waypoint-", "team=shop");
        await kubectl(...boutique, "delete", "service", "checkout");
        await kubectl(
            ...boutique,
            ...["patch", "deployment", "cart", "--field-manager=some-operator", "-p"],
            '{"spec":{"template":{"spec":{"containers":[{"name":"cart","image":"cart:by-operator"}]}}}}',
        );
        // Played: the living istiod would write the same, under the same name.
        await kubectl(
            ...["patch", "validatingwebhookconfiguration", "istio-validator-istio-system"],
            ...["--type=json", "--field-manager=pilot-discovery", "-p"],
            '[{"op":"replace","path":"/webhooks/0/clientConfig/caBundle","value":"LS0t"}]',
        );
        await kubectl(...boutique, "rollout", "restart", "deployment/checkout");
        await kubectl(...boutique, "autoscale", "deployment", "frontend", "--min=2", "--max=3");
        for (let tries = 0; tries < 120; tries += 1) {
            const get = ["get", "deployment", "frontend", "-o", "jsonpath={.spec.replicas}"];
            if ((await kubectl(...boutique, ...get)) === "2") break;
            await sleep(500);
        }
        const { code, stdout, stderr } = await run("drift", "dev");
        assert.equal(code, 3, stdout + stderr);
        const { findings } = JSON.parse(await readFile(join(folder, "dev.json"), "utf8")) as Report;
        const of = (object: string, path: string) =>
            findings.find((each) => each.object === object && each.path === path);
        const told = JSON.stringify(findings, undefined, 2);

        const scaled = of("Deployment istio-system/istiod", "spec.replicas");
        assert.match(scaled?.culprit ?? told, /with kubectl, by hand \(kubectl, Update of scale/);
        assert.match(
            of("Namespace boutique-dev", "metadata.labels.team")?.culprit ?? told,
            /kubectl/,
        );
        const removed = of("Namespace boutique-dev", 'metadata.labels["istio.io/use-waypoint"]');
        assert.match(removed?.culprit ?? told, /^probably somebody with kubectl/);
        assert.match(of("Service boutique-dev/checkout", "")?.culprit ?? told, /audit log/);
        const image = of(
            "Deployment boutique-dev/cart",
            "spec.template.spec.containers.cart.image",
        );
        assert.match(image?.culprit ?? told, /^an operator \(some-operator/);

        const quiet = findings.filter(({ expected }) => expected !== undefined);
        const names = quiet.map(({ object }) => object);
        assert.ok(names.includes("Deployment boutique-dev/frontend"), told);
        assert.ok(names.includes("Deployment boutique-dev/checkout"), told);
        assert.equal(
            findings.filter(
                ({ object, expected }) => object.includes("Webhook") && expected === undefined,
            ).length,
            0,
            told,
        );
    });
});
