import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pendingCreations } from "../../sandbox/pending";
import type { PendingOperation } from "../../sandbox/pending";
import { statePlaces } from "../../sandbox/places";
import { isStale, removeStaleLocks } from "../../sandbox/recovery";

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
