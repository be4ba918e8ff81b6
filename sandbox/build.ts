import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Tool } from "./catalog";
import { PROJECT_FOLDER } from "./places";
import { diskFull, SandboxProblem, saysDiskFull } from "./problem";
import { run } from "./processes";

/** Folder with the Go modules of the tools. */
export const MODULES_FOLDER = join(PROJECT_FOLDER, "sandbox", "tools");

/** The oldest Go that builds the modules; a Go from 1.21 on fetches a newer one by itself where it may. */
const GO_VERSION = "1.26";

const goEnv = (): NodeJS.ProcessEnv => ({
    ...process.env,
    CGO_ENABLED: "0",
    // The committed go.mod and go.sum decide; a go.work above the checkout must not.
    // The checkout may belong to another user, where Go cannot ask git about it.
    GOFLAGS: "-mod=readonly -buildvcs=false",
    GOWORK: "off",
});

/**
 * Why this machine can't build from Go modules, as the fix to print; nothing when it can.
 * `go version` runs inside a module, so a Go that fetches its own newer toolchain counts as one.
 */
export async function whyNoGo(): Promise<string | undefined> {
    const { code, stdout, stderr } = await run("go", ["version"], {
        cwd: join(MODULES_FOLDER, "etcd"),
        env: goEnv(),
    });
    if (code === 0) return undefined;
    const reason = stderr.includes("ENOENT")
        ? "Go is not on PATH"
        : `go says: ${`${stdout}${stderr}`.trim()}`;
    return `install Go ${GO_VERSION} or newer, so that they can be built from their Go modules (${reason})`;
}

/**
 * Builds a tool into `folder` from its pinned Go module.
 * @param orElse what to do when that can't work; by default, to put the tool on PATH.
 * @throws SandboxProblem that names the log when the build fails.
 */
export async function buildTool(
    tool: Pick<Tool, "version" | "build"> & { readonly name: string },
    folder: string,
    logs: string,
    orElse = `Or put ${tool.name} ${tool.version} on PATH.`,
): Promise<void> {
    await mkdir(folder, { recursive: true });
    const log = join(logs, `build-${tool.name}.log`);
    const args = [
        "build",
        "-trimpath",
        "-ldflags",
        tool.build.ldflags,
        "-o",
        join(folder, tool.name),
    ];
    const cwd = join(MODULES_FOLDER, tool.build.folder);
    const { code, stdout, stderr } = await run("go", [...args, tool.build.package], {
        cwd,
        env: goEnv(),
    });
    if (code === 0) return;
    if (saysDiskFull(stderr)) throw diskFull(folder, tool.build.megabytes);
    await mkdir(logs, { recursive: true });
    await writeFile(
        log,
        `cd ${cwd}\ngo ${args.join(" ")} ${tool.build.package}\n${stdout}${stderr}`,
    );
    throw new SandboxProblem(
        `Building ${tool.name} ${tool.version} from its Go module failed: ${lastLine(stderr)}`,
        `The whole output is in ${log}.`,
        /dial tcp|no such host|i\/o timeout|connection refused|proxyconnect/.test(stderr)
            ? "Go can't reach a module proxy: set GOPROXY to one that your network allows."
            : orElse,
    );
}

/**
 * Folder of a module's source, fetched first if needed.
 * @throws SandboxProblem when Go is missing or the module can't be fetched.
 */
export async function moduleSource(folder: string, module: string): Promise<string> {
    const { code, stdout, stderr } = await run("go", ["mod", "download", "-json", module], {
        cwd: join(MODULES_FOLDER, folder),
        env: goEnv(),
    });
    const answer = stdout === "" ? {} : (JSON.parse(stdout) as { Dir?: string; Error?: string });
    if (code === 0 && answer.Dir !== undefined) return answer.Dir;
    throw new SandboxProblem(
        `Go module ${module} can't be fetched: ${answer.Error ?? lastLine(stderr)}`,
        stderr.includes("ENOENT")
            ? `Install Go ${GO_VERSION} or newer.`
            : "Set GOPROXY to a module proxy that your network allows.",
    );
}

function lastLine(output: string): string {
    return output.trim().split("\n").at(-1) ?? "";
}
