/**
 * Proves the policy pack with the real engine: alone beside someone else's program, on a saved state, by
 * level files good and bad, and on values that a preview can't know.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { applyIstioCrds, open, sandbox } from "./sandbox";

const run = promisify(execFile);
const root = join(__dirname, "../..");
const { resolve } = createRequire(__filename);

let folder: string;
/** The pack as `npm pack` makes it, with nothing beside it but the packages it declares. */
let pack: string;

/** Runs a program of somebody else's, with the packed pack, by a level file if one is given. */
async function judged(program: PulumiFn, level?: object) {
    const { stack } = await open("foreign", { from: "dev", policy: false });
    stack.workspace.program = program;
    const config = join(folder, "level.json");
    if (level) await writeFile(config, JSON.stringify(level));
    const printed: string[] = [];
    const created: string[] = [];
    const options = {
        policyPacks: [pack],
        ...(level ? { policyPackConfigs: [config] } : {}),
        color: "never" as const,
        onOutput: (text: string) => printed.push(text),
    };
    const told = async (work: Promise<unknown>) => {
        const failed = await work.then(
            () => false,
            (error: unknown) => {
                // What goes to the other stream is in the error.
                printed.push(String(error));
                return true;
            },
        );
        return { failed, text: printed.join("") };
    };
    return {
        stack,
        created,
        preview: () =>
            told(
                stack.preview({
                    ...options,
                    onEvent: ({ resourcePreEvent }) => {
                        const urn = resourcePreEvent?.metadata.urn;
                        if (urn !== undefined) created.push(urn.split("::").at(-1) ?? "");
                    },
                }),
            ),
        up: () => told(stack.up(options)),
    };
}

const provider = () => new k8s.Provider("cluster", { kubeconfig: sandbox().cluster.kubeconfig });

const namespace = (name: string, labels: object) =>
    new k8s.core.v1.Namespace(
        name,
        { metadata: { name, labels: { ...labels } } },
        { provider: provider() },
    );

describe("the policy pack", () => {
    before(async () => {
        await applyIstioCrds();
        folder = await mkdtemp(join(tmpdir(), "istio-mesh-pack-"));
        await run("npm", ["pack", "--silent", "--pack-destination", folder], {
            cwd: join(root, "policy"),
        });
        await run("tar", ["xf", "istio-mesh-policy-0.1.0.tgz"], { cwd: folder });
        pack = join(folder, "package");
        const { dependencies } = JSON.parse(
            (await run("cat", [join(pack, "package.json")])).stdout,
        ) as { dependencies: Record<string, string> };
        for (const name of Object.keys(dependencies)) {
            const place = join(pack, "node_modules", name);
            await mkdir(dirname(place), { recursive: true });
            await symlink(dirname(resolve(`${name}/package.json`)), place);
        }
    });

    after(async () => {
        await rm(folder, { recursive: true, force: true });
    });

    it("sees typed resources, ConfigGroups and custom resources of someone else's program", async () => {
        const strict = (name: string, mode: string) =>
            `{apiVersion: security.istio.io/v1beta1, kind: PeerAuthentication, ` +
            `metadata: {name: ${name}, namespace: shop}, spec: {mtls: {mode: ${mode}}}}`;
        const { preview } = await judged(() => {
            const cluster = provider();
            new k8s.core.v1.Namespace(
                "typed",
                { metadata: { name: "typed" } },
                { provider: cluster },
            );
            new k8s.yaml.v2.ConfigGroup(
                "group",
                { yaml: strict("grouped", "DISABLE") },
                { provider: cluster },
            );
            new k8s.apiextensions.CustomResource(
                "custom",
                {
                    apiVersion: "security.istio.io/v1",
                    kind: "PeerAuthentication",
                    metadata: { name: "custom", namespace: "shop" },
                    spec: { mtls: { mode: "PERMISSIVE" } },
                },
                { provider: cluster },
            );
            return Promise.resolve({});
        });
        const { failed, text } = await preview();
        assert.ok(failed);
        assert.match(text, /Namespace "typed" has no data plane label/);
        assert.match(text, /PeerAuthentication "shop\/grouped" has spec\.mtls\.mode DISABLE/);
        assert.match(text, /PeerAuthentication "shop\/custom" has spec\.mtls\.mode PERMISSIVE/);
    });

    const bad: Record<string, [object, RegExp[]]> = {
        "what rules don't know": [
            {
                "require-data-plane-labels": "mandatory",
                "require-strict-mtls": { rootNamespaces: "root" },
                "require-mesh-replicas": "remediate",
                "require-data-plane-label": {
                    exempt: [
                        {
                            name: "shop",
                            reason: "Moves.",
                            owner: "shop@example.com",
                            until: "2026-01-31",
                        },
                    ],
                },
            },
            [
                /The policy pack's config has 4 problems; nothing was changed/,
                /require-data-plane-labels: there is no such rule; did you mean require-data-plane-label\?/,
                /require-strict-mtls\.rootNamespaces: an unknown setting; it knows rootNamespace, exempt/,
                /require-mesh-replicas: can't remediate/,
                /the waiver of "shop" expired on 2026-01-31; shop@example\.com must/,
            ],
        ],
        "wrong types": [
            {
                "require-mesh-replicas": { istiod: "three", gateways: 0 },
                "require-data-plane-label": { exempt: [{ name: "shop", until: "soon" }] },
            },
            [
                /require-mesh-replicas: istiod: Invalid type\. Expected: integer, given: string/,
                /require-mesh-replicas: gateways: Must be greater than or equal to 1/,
                /require-data-plane-label: exempt\.0: owner is required/,
                /require-data-plane-label: exempt\.0\.until: Does not match format 'date'/,
            ],
        ],
        "a level that there isn't": [
            { "require-mesh-replicas": "strict" },
            [/"strict" is not a valid enforcement level/],
        ],
    };
    for (const [title, [level, messages]] of Object.entries(bad)) {
        it(`refuses ${title} before the preview starts`, async () => {
            const { preview, created } = await judged(() => {
                namespace("shop", {});
                return Promise.resolve({});
            }, level);
            const { failed, text } = await preview();
            assert.ok(failed);
            for (const message of messages) assert.match(text, message);
            assert.deepEqual(created, []);
        });
    }

    it("judges the others where a rule can't cope with an object", async () => {
        const { preview } = await judged(() => {
            // To files: an API server would refuse the first, and the engine give up the second half-judged.
            const files = new k8s.Provider("files", { renderYamlToDirectory: folder });
            const made = (kind: string, name: string, spec: object) =>
                new k8s.apiextensions.CustomResource(
                    name,
                    {
                        apiVersion: "security.istio.io/v1",
                        kind,
                        metadata: { name, namespace: "shop" },
                        spec,
                    },
                    { provider: files },
                );
            made("AuthorizationPolicy", "odd", { rules: 5 });
            made("PeerAuthentication", "open", { mtls: { mode: "PERMISSIVE" } });
            return Promise.resolve({});
        });
        const { text } = await preview();
        assert.match(text, / couldn't judge "odd", so nothing vouches for it: TypeError/);
        assert.match(text, /PeerAuthentication "shop\/open" has spec\.mtls\.mode PERMISSIVE/);
    });

    it("defers in a preview what only the update knows, and judges it there", async () => {
        const program = () => {
            // As an output of something that the update makes first: nothing of it is known before.
            const late = pulumi.output(pulumi.runtime.isDryRun() ? pulumi.unknown : "nonsense");
            namespace("second", { "istio.io/dataplane-mode": late });
            return Promise.resolve({});
        };
        const { preview, up, stack } = await judged(program);
        const before = await preview();
        assert.ok(!before.failed, before.text);
        assert.match(
            before.text,
            /can't run policy 'require-data-plane-label'.*during preview: string value at \.metadata\.labels\.istio\.io\/dataplane-mode/,
        );
        const after = await up();
        assert.ok(after.failed);
        assert.match(after.text, /Namespace "second" has istio\.io\/dataplane-mode="nonsense"/);
        await stack.destroy();
    });

    it("judges a saved state", async () => {
        const { up, stack } = await judged(
            () => {
                namespace("saved", { "istio-injection": "true" });
                return Promise.resolve({});
            },
            { all: "disabled" },
        );
        assert.ok(!(await up()).failed);
        const { workspace } = stack;
        const args = [
            "policy",
            "analyze",
            "--policy-pack",
            pack,
            "--stack",
            stack.name,
            "--non-interactive",
        ];
        const analyzed = await run(sandbox().tools.pulumi, args, {
            cwd: workspace.workDir,
            env: { ...process.env, ...workspace.envVars, PULUMI_HOME: workspace.pulumiHome },
        }).then(
            ({ stdout }) => ({ code: 0, stdout }),
            (error: unknown) => error as { code: number; stdout: string },
        );
        assert.notEqual(analyzed.code, 0);
        assert.match(analyzed.stdout, /Namespace "saved" has istio-injection="true"/);
        await stack.destroy();
    });

    it("mends an object at the level remediate", async () => {
        const { preview, stack } = await judged(
            () => {
                new k8s.admissionregistration.v1.ValidatingWebhookConfiguration(
                    "validator",
                    {
                        metadata: { name: "istio-validator-mended" },
                        webhooks: [
                            {
                                name: "rev.validation.istio.io",
                                failurePolicy: "Ignore",
                                sideEffects: "None",
                                admissionReviewVersions: ["v1"],
                                clientConfig: { url: "https://istiod.example.com/validate" },
                            },
                        ],
                    },
                    { provider: provider() },
                );
                return Promise.resolve({});
            },
            { "require-validation-failure-policy": "remediate" },
        );
        const { failed, text } = await preview();
        assert.ok(!failed, text);
        assert.match(text, /require-validation-failure-policy/);
        await stack.workspace.removeStack(stack.name);
    });
});
