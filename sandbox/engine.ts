import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join, sep } from "node:path";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { toolNamed } from "./catalog";
import { PROJECT_FOLDER } from "./places";
import type { StatePlaces } from "./places";
import type { Toolbox } from "./resolve";

const load = createRequire(__filename);

/**
 * Clients of one address share a connection by default, and the SDK leaves the clients of failed runs open,
 * which go on trying. An engine that got the port of one that is gone would inherit its failed connection:
 * the run then ends with `No connection established. Last error: null`. So every client has its own.
 */
const settings = load("@pulumi/pulumi/runtime/settings") as {
    readonly grpcClientOptions: Record<string, unknown>;
};
settings.grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

type Outputs = Readonly<Record<string, unknown>>;

/**
 * The project's program as an inline one, as the engine would run it: what its module exports are the
 * outputs, or what the function returns that it exports.
 * The project's own modules are evaluated afresh for every run, as a run by the released CLI does.
 */
export function inlineProgram(file: string): PulumiFn {
    return () => {
        const own = join(PROJECT_FOLDER, sep);
        const kept = [
            join(own, "node_modules", sep),
            join(own, "sandbox", sep),
            join(own, "test", sep),
        ];
        for (const module of Object.keys(load.cache)) {
            const project =
                module.startsWith(own) && !kept.some((folder) => module.startsWith(folder));
            if (project || module === file) Reflect.deleteProperty(load.cache, module);
        }
        // Thrown inside a promise, an error of the program is reported once.
        return Promise.resolve().then(async () => {
            const exported = load(file) as Outputs | (() => Promise<Outputs>);
            return { ...(typeof exported === "function" ? await exported() : exported) };
        });
    };
}

/**
 * A workspace whose engine, provider, login and states are the sandbox's own: nothing is read from or
 * written to the user's Pulumi home, and no login is needed.
 */
export async function openWorkspace(
    places: StatePlaces,
    tools: Toolbox,
    workDir: string,
    program: PulumiFn,
): Promise<LocalWorkspace> {
    const engine = join(places.root, "engine");
    const plugin = toolNamed("pulumi-resource-kubernetes");
    await link(tools.pulumi, join(engine, "bin"), "pulumi");
    await link(
        tools["pulumi-resource-kubernetes"],
        join(places.pulumiHome, "plugins", `resource-kubernetes-v${plugin.version}`),
        plugin.name,
    );
    await writePolicyHost(places.bin);
    await mkdir(places.temporary, { recursive: true });
    await mkdir(places.backend, { recursive: true });
    return LocalWorkspace.create({
        workDir,
        program,
        pulumiHome: places.pulumiHome,
        pulumiCommand: await PulumiCommand.get({ root: engine }),
        envVars: {
            PATH: [places.bin, process.env["PATH"] ?? ""].join(delimiter),
            TMPDIR: places.temporary,
            // The engine asks for the user's name and fails for an id without one, as in a container.
            USER: process.env["USER"] ?? `user-${process.getuid?.() ?? 0}`,
            HOME: homedir(),
            PULUMI_BACKEND_URL: `file://${places.backend}`,
            // Protects nothing: the sandbox's states hold nothing but what the sandbox made up.
            PULUMI_CONFIG_PASSPHRASE: "sandbox",
            PULUMI_CONFIG_PASSPHRASE_FILE: "",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            // What the sandbox needs is in place; a search for it in a closed network only takes long.
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        },
    });
}

async function link(target: string, folder: string, name: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await rm(join(folder, name), { force: true });
    await symlink(target, join(folder, name));
}

/** Without its Node language host the engine starts a policy pack by a program of this name. */
async function writePolicyHost(bin: string): Promise<void> {
    await mkdir(bin, { recursive: true });
    const host = join(__dirname, "policy-host.cjs");
    await writeFile(
        join(bin, "pulumi-analyzer-policy-nodejs"),
        `#!${process.execPath}\nrequire(${JSON.stringify(host)});\n`,
        { mode: 0o755 },
    );
}
