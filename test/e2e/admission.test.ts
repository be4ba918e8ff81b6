/**
 * Proves that the exported rules mean the same to a real API server: what a rule's table allows is let
 * in, what it denies is refused by the policy of the same name.
 */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { parseAllDocuments, stringify } from "yaml";
import type { Found } from "../../policy/found";
import { kindOfToken } from "../../policy/found";
import { families } from "../../policy/rules";
import type { AnyValues, Rule } from "../../policy/rule";
import { fixture, type Manifest } from "../support/policy";
import { type Objects, tableOf } from "../support/rule-tables";
import { applyIstioCrds, kubectl, list, sandbox } from "./sandbox";

const root = join(__dirname, "../..");

const exported = Object.entries(families).flatMap(([family, rules]) =>
    rules
        .filter(({ admission, enforcementLevel }) => admission && enforcementLevel === "mandatory")
        .map((rule) => ({ family, rule })),
);

/** Kubectl with an object on its input; what it says, whether it succeeds or not. */
async function withInput(input: string, ...args: string[]): Promise<string> {
    const { tools, cluster } = sandbox();
    const child = spawn(tools.kubectl, ["--kubeconfig", cluster.kubeconfig, ...args, "-f", "-"]);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (text: Buffer) => (said += text.toString()));
    }
    child.stdin.end(input);
    await new Promise((done) => child.once("close", done));
    return said;
}

const template = {
    metadata: { labels: { app: "x" } },
    spec: { containers: [{ name: "x", image: "example.com/x:1.0.0" }] },
};

/** The object with what the API server asks of its kind and tables leave out. */
function complete(manifest: Manifest): Manifest {
    const kind = kindOfToken(fixture(manifest).type);
    const { spec = {} } = manifest as { spec?: Found<"daemonSet">["object"]["spec"] };
    if (kind === "daemonSet" || kind === "deployment") {
        const labels = { ...template.metadata.labels, ...spec.template?.metadata?.labels };
        const pod = { ...template.spec, ...spec.template?.spec };
        const filled = {
            ...spec,
            selector: { matchLabels: labels },
            template: { metadata: { labels }, spec: pod },
        };
        return { ...manifest, spec: filled } as Manifest;
    }
    if (kind === "validatingWebhookConfiguration") {
        const { webhooks = [] } = manifest as { webhooks?: object[] };
        const rest = {
            sideEffects: "None",
            admissionReviewVersions: ["v1"],
            clientConfig: { url: "https://istiod.example.com/validate" },
        };
        return {
            ...manifest,
            webhooks: webhooks.map((webhook) => ({ ...rest, ...webhook })),
        } as Manifest;
    }
    return manifest;
}

/** Whole objects, one each, of the kinds that the rule's policy is about. */
function manifests(rule: Rule, cases: readonly Objects[]): Manifest[] {
    const defaults = Object.entries(rule.settings).map(([key, setting]) => [key, setting.default]);
    const kinds = Object.keys(rule.admission?.(Object.fromEntries(defaults) as AnyValues) ?? {});
    return cases.flatMap((objects) => {
        const [only, ...more] = [objects].flat();
        if (!only || more.length > 0 || !("apiVersion" in only)) return [];
        const kind = kindOfToken(fixture(only).type);
        return kind !== undefined && kinds.includes(kind) ? [complete(only)] : [];
    });
}

const tables = exported.map(({ family, rule }) => {
    const { allowed = {}, denied = {} } = tableOf(family, rule.name) ?? {};
    return {
        rule,
        good: manifests(rule, Object.values(allowed)),
        bad: manifests(
            rule,
            Object.values(denied).map(([objects]) => objects),
        ),
    };
});

const nameOf = ({ metadata }: Manifest) => (metadata as { name: string }).name;

const tried = (manifest: Manifest) =>
    withInput(JSON.stringify(manifest), "create", "--dry-run=server");

describe("exported rules", () => {
    const made: string[] = [];
    let bindings: ReadonlyMap<string, Manifest> = new Map();

    /** Has one policy bind alone while something is done: of several that deny, the API server names one. */
    async function alone({ rule, bad }: (typeof tables)[number], work: () => Promise<void>) {
        await withInput(stringify(bindings.get(rule.name)), "apply");
        try {
            // It takes hold a moment after it is stored.
            for (let round = 0; round < 60; round++) {
                for (const manifest of bad) {
                    if ((await tried(manifest)).includes(`'${rule.name}'`)) {
                        await work();
                        return;
                    }
                }
                await sleep(500);
            }
            assert.fail("the policy refuses nothing that the rule denies");
        } finally {
            await kubectl("delete", "validatingadmissionpolicybinding", rule.name);
        }
    }

    before(async () => {
        await applyIstioCrds();
        const there = (await list("namespaces")).map(({ metadata }) => metadata.name);
        const namespaces = new Set(
            tables.flatMap(({ good, bad }) =>
                [...good, ...bad].flatMap(
                    ({ metadata }) => (metadata as { namespace?: string }).namespace ?? [],
                ),
            ),
        );
        made.push(...[...namespaces].filter((name) => !there.includes(name)));
        for (const name of made) {
            await withInput(
                JSON.stringify({ apiVersion: "v1", kind: "Namespace", metadata: { name } }),
                "apply",
            );
        }
        const { stdout } = await promisify(execFile)(
            process.execPath,
            [join(root, "policy/export.js")],
            { maxBuffer: 1 << 26 },
        );
        const objects = parseAllDocuments(stdout).map((one) => one.toJS() as Manifest);
        const bound = objects.filter(({ kind }) => kind.endsWith("Binding"));
        bindings = new Map(bound.map((one) => [nameOf(one), one]));
        const policies = objects.filter((one) => !bound.includes(one));
        await withInput(policies.map((one) => stringify(one)).join("---\n"), "apply");
    });

    after(async () => {
        await kubectl(
            "delete",
            "validatingadmissionpolicy",
            ...exported.map(({ rule }) => rule.name),
        );
        // The tests that follow count every namespace of the cluster.
        await kubectl("delete", "namespace", ...made);
    });

    it("are what the API server's own type check accepts", async () => {
        const { items } = JSON.parse(
            await kubectl("get", "validatingadmissionpolicy", "-o", "json"),
        ) as {
            items: {
                metadata: { name: string };
                status?: { typeChecking?: { expressionWarnings?: { warning: string }[] } };
            }[];
        };
        const ours = items.filter(({ metadata }) =>
            exported.some(({ rule }) => rule.name === metadata.name),
        );
        assert.equal(ours.length, exported.length);
        assert.deepEqual(
            ours.flatMap(({ status }) => status?.typeChecking?.expressionWarnings ?? []),
            [],
        );
    });

    for (const one of tables) {
        const { rule, good, bad } = one;
        it(`refuse what ${rule.name} denies, and nothing else`, async () => {
            assert.ok(bad.length > 0, "the table has no single object that the policy is about");
            await alone(one, async () => {
                for (const manifest of bad) {
                    const said = await tried(manifest);
                    // Some break the CRD's own schema, which is asked first.
                    if (!said.includes(" is invalid: ")) {
                        assert.ok(said.includes(`ValidatingAdmissionPolicy '${rule.name}'`), said);
                        assert.ok(said.includes(`${rule.name}: `), said);
                    }
                }
                for (const manifest of good) {
                    const said = await tried(manifest);
                    assert.ok(!said.includes(`'${rule.name}'`), said);
                }
            });
        });
    }
});
