import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pendingCreations } from "../../sandbox/pending";
import type { PendingOperation } from "../../sandbox/pending";
import { statePlaces } from "../../sandbox/places";
import { isStale, mendStateFiles, removeStaleLocks } from "../../sandbox/recovery";

describe("isStale", () => {
    const lock = { pid: 7, hostname: "here" };
    const cases: readonly (readonly [string, string, string | undefined, boolean])[] = [
        ["whose process has ended", "here", undefined, true],
        ["whose id belongs to another program now", "here", "/usr/bin/vim notes", true],
        ["of a living engine", "here", "/s/engine/bin/pulumi up --yes", false],
        ["of another machine", "there", undefined, false],
    ];
    for (const [what, machine, command, stale] of cases) {
        it(`calls a lock ${what} ${stale ? "stale" : "valid"}`, () => {
            assert.equal(isStale(lock, machine, command), stale);
        });
    }
});

describe("removeStaleLocks", () => {
    it("removes dead engines' locks and keeps another machine's", async () => {
        const root = await mkdtemp(join(tmpdir(), "istio-mesh-locks-"));
        try {
            const places = statePlaces(root);
            const folder = join(
                places.backend,
                ".pulumi",
                "locks",
                "organization",
                "istio-mesh",
                "dev",
            );
            await mkdir(folder, { recursive: true });
            const child = spawn("true");
            const dead = child.pid;
            await new Promise((done) => child.once("exit", done));
            await writeFile(
                join(folder, "dead.json"),
                JSON.stringify({ pid: dead, hostname: hostname() }),
            );
            await writeFile(join(folder, "cut.json"), '{"pid":');
            await writeFile(
                join(folder, "far.json"),
                JSON.stringify({ pid: dead, hostname: "far" }),
            );
            assert.deepEqual(
                [await removeStaleLocks(places), await readdir(folder)],
                [2, ["far.json"]],
            );
        } finally {
            await rm(root, { recursive: true });
        }
    });
});

describe("pendingCreations", () => {
    const operation = (type: string, urn: string, more: object = {}): PendingOperation => ({
        type,
        resource: { urn, type: "kubernetes:core/v1:ConfigMap", ...more },
    });

    it("finds nothing to settle in a state without pending operations", () => {
        assert.equal(pendingCreations({ resources: [], pending_operations: [] }), undefined);
    });

    it("names the objects that may exist by their ids", () => {
        const pending = [
            operation("creating", "a", { id: "ns/a" }),
            operation("creating", "b", { inputs: { metadata: { name: "b", namespace: "ns" } } }),
            operation("creating", "c", { inputs: { metadata: { name: "c" } } }),
            operation("creating", "nameless"),
            operation("creating", "known", { id: "ns/known" }),
            operation("updating", "u", { id: "ns/u" }),
            operation("deleting", "d", { id: "ns/d" }),
        ];
        assert.deepEqual(
            pendingCreations({ resources: [{ urn: "known" }], pending_operations: pending }),
            [
                { urn: "a", id: "ns/a" },
                { urn: "b", id: "ns/b" },
                { urn: "c", id: "c" },
            ],
        );
    });
});

describe("mendStateFiles", () => {
    const whole = '{"version":3}';
    const cases: readonly {
        what: string;
        files: Readonly<Record<string, string>>;
        left: Readonly<Record<string, string>>;
    }[] = [
        {
            what: "leaves whole files alone",
            files: { "dev.json": whole, "dev.json.attrs": "{}", "dev.json.bak": "{}" },
            left: { "dev.json": whole, "dev.json.attrs": "{}", "dev.json.bak": "{}" },
        },
        {
            what: "drops side files that were cut short",
            files: { "dev.json": whole, "dev.json.attrs": "", "dev.json.bak.attrs": '{"us' },
            left: { "dev.json": whole },
        },
        {
            what: "brings the backup of a state that was cut short",
            files: { "dev.json": '{"vers', "dev.json.bak": whole },
            left: { "dev.json": whole, "dev.json.bak": whole },
        },
        {
            what: "begins anew where the backup is cut short too",
            files: { "dev.json": "", "dev.json.bak": "" },
            left: { "dev.json.bak": "" },
        },
        {
            what: "leaves other stacks alone",
            files: { "prod.json": "", "dev.json": whole },
            left: { "prod.json": "", "dev.json": whole },
        },
    ];
    for (const { what, files, left } of cases) {
        it(what, async () => {
            const root = await mkdtemp(join(tmpdir(), "istio-mesh-state-"));
            const places = statePlaces(root);
            const folder = join(places.backend, ".pulumi", "stacks", "istio-mesh");
            await mkdir(folder, { recursive: true });
            for (const [name, text] of Object.entries(files)) {
                await writeFile(join(folder, name), text);
            }
            await mendStateFiles(places, "dev");
            const found: Record<string, string> = {};
            for (const name of await readdir(folder)) {
                found[name] = await readFile(join(folder, name), "utf8");
            }
            assert.deepEqual(found, left);
            await rm(root, { recursive: true });
        });
    }
});
