import { access, constants, mkdir, rename, rm, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { buildTool, whyNoGo } from "./build";
import type { Platform, Tool, ToolName } from "./catalog";
import { servesInstead, TOOLS } from "./catalog";
import { downloadTool, originOf, reachable } from "./download";
import { withLock } from "./lock";
import { cacheFolder } from "./places";
import { diskFull, messageOf, SandboxProblem, saysDiskFull } from "./problem";
import { run } from "./processes";
import type { Progress } from "./progress";

/** Ways to get a tool, in the order in which they are tried. */
export const WAYS = ["path", "download", "build"] as const;
export type Way = (typeof WAYS)[number];

/** Absolute path of each program. */
export type Toolbox = Readonly<Record<ToolName, string>>;

/** Reads ISTIO_MESH_TOOLS: a list of the ways to use, such as `build` or `path,download`. All when unset. */
export function waysFrom(given: string | undefined): readonly Way[] {
    if (given === undefined || given === "") return WAYS;
    const words = given.split(",").map((word) => word.trim());
    const wrong = words.filter((word) => !WAYS.some((way) => way === word));
    if (wrong.length > 0) {
        throw new SandboxProblem(
            `ISTIO_MESH_TOOLS says "${given}".`,
            `Allowed is a list of ${WAYS.join(", ")}, for example ISTIO_MESH_TOOLS=path,build.`,
        );
    }
    return WAYS.filter((way) => words.includes(way));
}

/** This machine in Go's words. @throws SandboxProblem on a machine the sandbox does not support. */
export function platformOf(os: NodeJS.Platform, arch: NodeJS.Architecture): Platform {
    const go = { x64: "amd64", arm64: "arm64" } as const;
    if ((os === "linux" || os === "darwin") && (arch === "x64" || arch === "arm64"))
        return { os, arch: go[arch] };
    throw new SandboxProblem(
        `The sandbox runs on Linux and macOS, on x64 and arm64; this is ${os} on ${arch}.`,
        "On Windows use WSL; or deploy to a cluster of yours with the released CLI: pulumi up -s <stack>.",
    );
}

/** Folder of one tool in the cache. */
export function toolFolder(cache: string, tool: Tool, { os, arch }: Platform): string {
    return join(cache, tool.name, `${tool.version}-${os}-${arch}`);
}

/** Finds every tool that the sandbox is made of. @throws SandboxProblem as `resolveThese` does. */
export function resolveTools(progress: Progress): Promise<Toolbox> {
    return resolveThese(TOOLS, progress);
}

/**
 * Finds tools: on PATH in a version that serves, in the cache, by official download, or built from
 * their Go modules. What is missing is made beside the cache and moved in when it is whole, so a start that
 * was interrupted leaves nothing wrong behind and the next one continues.
 * @throws SandboxProblem that names every tool that can't be had, and the fixes.
 */
export async function resolveThese<Name extends string>(
    tools: readonly Tool<Name>[],
    progress: Progress,
): Promise<Readonly<Record<Name, string>>> {
    const ways = waysFrom(process.env["ISTIO_MESH_TOOLS"]);
    const platform = platformOf(process.platform, process.arch);
    const cache = cacheFolder();
    const found = new Map<Name, string>();
    const look = async (tool: Tool<Name>): Promise<void> => {
        const cached = join(toolFolder(cache, tool, platform), tool.name);
        const path =
            (ways.includes("path") ? await onPath(tool) : undefined) ??
            ((await runs(cached)) ? cached : undefined);
        if (path !== undefined) found.set(tool.name, path);
    };
    await Promise.all(tools.map(look));
    if (tools.some(({ name }) => !found.has(name))) {
        await withLock(join(cache, "lock"), "resolving the tools", progress, async () => {
            // Another start may have finished the work while this one waited.
            await Promise.all(tools.filter(({ name }) => !found.has(name)).map(look));
            const missing = tools.filter(({ name }) => !found.has(name));
            await obtain(missing, ways, platform, cache, progress);
            for (const tool of missing)
                found.set(tool.name, join(toolFolder(cache, tool, platform), tool.name));
        });
    }
    return Object.fromEntries(tools.map(({ name }) => [name, found.get(name) ?? ""])) as Record<
        Name,
        string
    >;
}

async function obtain(
    missing: readonly Tool[],
    ways: readonly Way[],
    platform: Platform,
    cache: string,
    progress: Progress,
): Promise<void> {
    if (missing.length === 0) return;
    const makers = await makersOf(missing, ways, platform, join(cache, "logs"), progress);
    for (const [index, { tool, way, make }] of makers.entries()) {
        const place = toolFolder(cache, tool, platform);
        const text = { download: "Downloading", build: "Building" }[way];
        const expected =
            way === "build" ? `, usually ${tool.build.minutes} min when Go's cache is cold` : "";
        await progress.step(
            `${text} ${tool.name} ${tool.version} (${index + 1} of ${makers.length}${expected})`,
            () => intoPlace(place, tool, make),
        );
    }
}

interface Maker {
    readonly tool: Tool;
    readonly way: "download" | "build";
    readonly make: (folder: string) => Promise<void>;
}

async function makersOf(
    missing: readonly Tool[],
    ways: readonly Way[],
    platform: Platform,
    logs: string,
    progress: Progress,
): Promise<readonly Maker[]> {
    const origins = ways.includes("download")
        ? [...new Set(missing.flatMap((tool) => tool.download(platform)?.url ?? []).map(originOf))]
        : [];
    const open = await reachable(origins);
    const closed = origins.filter((origin) => !open.has(origin));
    const noGo = ways.includes("build")
        ? await whyNoGo()
        : `allow building them from their Go modules (ISTIO_MESH_TOOLS is ${ways.join(",")})`;
    if (closed.length > 0 && noGo === undefined) {
        progress.line(
            `Out of reach: ${closed.join(", ")}. What would come from there is built from its Go module.`,
        );
    }
    const plan = missing.map((tool): Maker | Tool => {
        const download = tool.download(platform);
        const build: Maker = {
            tool,
            way: "build",
            make: (folder) => buildTool(tool, folder, logs),
        };
        if (download !== undefined && open.has(originOf(download.url))) {
            const make = (folder: string): Promise<void> =>
                downloadTool(tool, download, folder).catch(async (error: unknown) => {
                    if (noGo !== undefined || saysDiskFull(error)) throw error;
                    progress.line(`\n${messageOf(error)}: building ${tool.name} instead.`);
                    await rm(folder, { recursive: true, force: true });
                    await buildTool(tool, folder, logs);
                });
            return { tool, way: "download", make };
        }
        return noGo === undefined ? build : tool;
    });
    const lost = plan.filter((entry): entry is Tool => !("way" in entry));
    if (lost.length > 0) {
        throw new SandboxProblem(
            `The sandbox lacks ${lost.map(({ name, version }) => `${name} ${version}`).join(", ")}.`,
            closed.length > 0
                ? `Out of reach for downloads: ${closed.join(", ")}.`
                : "No official download serves this machine, or ISTIO_MESH_TOOLS forbids it.",
            `Either ${noGo ?? ""};`,
            "or open the network to these hosts;",
            "or put the programs on PATH in these versions.",
        );
    }
    return plan.filter((entry): entry is Maker => "way" in entry);
}

/** Makes a tool beside its place, checks it and moves it in: half a tool is never taken for one. */
async function intoPlace(
    place: string,
    tool: Tool,
    make: (folder: string) => Promise<void>,
): Promise<void> {
    const beside = `${place}.partial`;
    await rm(beside, { recursive: true, force: true });
    try {
        await mkdir(beside, { recursive: true });
        await enoughRoom(beside);
        await make(beside);
        await checkVersion(tool, join(beside, tool.name));
        await rm(place, { recursive: true, force: true });
        await rename(beside, place);
    } catch (error) {
        await rm(beside, { recursive: true, force: true });
        if (error instanceof SandboxProblem) throw error;
        if (saysDiskFull(error)) throw diskFull(place, tool.build.megabytes);
        throw new SandboxProblem(
            `${tool.name} ${tool.version} can't be had: ${messageOf(error)}`,
            "Start again to continue; or put it on PATH, or install Go so that it can be built.",
        );
    }
}

/** A program is at most this large (the provider). */
const PROGRAM_MEGABYTES = 350;

async function enoughRoom(folder: string): Promise<void> {
    const { bavail, bsize } = await statfs(folder);
    if ((bavail * bsize) / 1024 ** 2 < PROGRAM_MEGABYTES) throw diskFull(folder, PROGRAM_MEGABYTES);
}

async function checkVersion(tool: Tool, program: string): Promise<void> {
    if (!tool.onPath) return;
    const { code, stdout, stderr } = await run(program, tool.onPath.args);
    if (code !== 0 || !`${stdout}${stderr}`.includes(tool.version)) {
        throw new Error(
            `it does not run as ${tool.version}: ${`${stdout}${stderr}`.trim().slice(0, 300)}`,
        );
    }
}

/** The program on PATH, or in Pulumi's own plugin folder, when its version serves. */
async function onPath(tool: Tool): Promise<string | undefined> {
    if (!tool.onPath) {
        const home = process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi");
        const plugin = join(home, "plugins", `resource-kubernetes-v${tool.version}`, tool.name);
        return (await runs(plugin)) ? plugin : undefined;
    }
    for (const folder of (process.env["PATH"] ?? "")
        .split(delimiter)
        .filter((entry) => entry !== "")) {
        const program = join(folder, tool.name);
        if (!(await runs(program))) continue;
        const { code, stdout } = await run(program, tool.onPath.args, { timeout: 10_000 });
        // The first one on PATH is what the user means by the name; a second one would surprise.
        return code === 0 && servesInstead(tool, stdout) ? program : undefined;
    }
    return undefined;
}

async function runs(program: string): Promise<boolean> {
    try {
        await access(program, constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
