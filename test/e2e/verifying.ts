/** Runs verify by its command line on the living tests' cluster. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { parse } from "yaml";
import type { MeshReport } from "../../verify/report";
import { shop } from "./living-sandbox";

const PROJECT = join(__dirname, "..", "..");

interface Ran {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs the script on the shop's cluster, with a kubeconfig of its own where one is given. */
export async function verify(words: readonly string[], kubeconfig?: string): Promise<Ran> {
    const { places, tools } = shop();
    const file = kubeconfig ?? places.kubeconfig;
    const { "current-context": context = "" } = parse(await readFile(file, "utf8")) as {
        "current-context"?: string;
    };
    const env = {
        ...process.env,
        PATH: `${dirname(tools.kubectl)}${delimiter}${process.env["PATH"] ?? ""}`,
    };
    const all = ["--kubeconfig", file, "--context", context, ...words];
    return new Promise((done) => {
        execFile(
            "npm",
            ["run", "--silent", "verify", "--", ...all],
            { cwd: PROJECT, env, maxBuffer: 1 << 26 },
            (error, stdout, stderr) => {
                done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
            },
        );
    });
}

/** What it reports as JSON. */
export async function reported(kubeconfig?: string): Promise<MeshReport> {
    const { code, stdout, stderr } = await verify(["--json"], kubeconfig);
    assert.ok(code === 0 || code === 3, stderr);
    return JSON.parse(stdout) as MeshReport;
}
