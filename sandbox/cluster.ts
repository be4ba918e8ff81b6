import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { apiServerOf, isReady, readyNodes } from "./api-server";
import { toolNamed } from "./catalog";
import {
    endEngine,
    endParts,
    isControlPlane,
    parts,
    portsFile,
    savedPorts,
    startPlayers,
} from "./components";
import { clusterConfig, kubeconfigOf, NODES, PORTS_OF } from "./control-plane";
import { endLivingMesh, prepareLiving, startLiving } from "./living/mesh";
import { livingPlaces } from "./living/places";
import type { LivingTools } from "./living/tools";
import { withLock } from "./lock";
import { CLUSTER_NAME, stateFolder, statePlaces } from "./places";
import type { StatePlaces } from "./places";
import { freePorts } from "./ports";
import { diskFull, SandboxProblem, saysDiskFull } from "./problem";
import { run } from "./processes";
import { SILENT } from "./progress";
import type { Progress } from "./progress";
import { resolveTools } from "./resolve";
import type { Toolbox } from "./resolve";
import { sailPlaces } from "./sail/places";

/** Where a sandbox lives and who hears of its progress. */
export interface SandboxOptions {
    /** State folder. Defaults to ISTIO_MESH_SANDBOX, else `.sandbox` in the project. */
    readonly state?: string;
    /** The programs. Resolved when absent. */
    readonly tools?: Toolbox;
    /** What istiod and the workloads run as. Absent: kwok plays them. */
    readonly living?: LivingTools;
    /** Defaults to silence. */
    readonly progress?: Progress;
}

/** A control plane that answers. */
export interface Cluster {
    /** File with one context, `istio-mesh-sandbox`, and the certificates inside. */
    readonly kubeconfig: string;
    readonly context: string;
    /** Whether it ran already. */
    readonly found: boolean;
    readonly places: StatePlaces;
}

/**
 * Starts the sandbox's control plane, or finds the one that runs. A half-dead one (a component died, the
 * machine was restarted) is started anew with its data; its address stays while its ports are free.
 * @throws SandboxProblem when a tool is missing, the disk is full or a component does not come up.
 */
export async function startCluster(options: SandboxOptions = {}): Promise<Cluster> {
    const places = statePlaces(options.state ?? stateFolder());
    const progress = options.progress ?? SILENT;
    const tools = options.tools ?? (await resolveTools(progress));
    const cluster = { kubeconfig: places.kubeconfig, context: CLUSTER_NAME, places };
    return withLock(
        join(places.root, "cluster.lock"),
        "starting this sandbox",
        progress,
        async () => {
            const lives = options.living !== undefined;
            if (await isUp(places, tools, lives)) {
                await startPlayers(places, tools);
                if (lives) await startLiving(places);
                return { ...cluster, found: true };
            }
            await endLivingMesh(places);
            if (options.living) await prepareLiving(places, options.living);
            await progress.step(
                "Starting etcd, kube-apiserver, controller-manager, scheduler and kwok",
                async () => {
                    try {
                        await createCluster(places, tools, lives);
                        if (lives) await startLiving(places);
                    } catch (error) {
                        await endParts(places);
                        throw saysDiskFull(error) ? diskFull(places.root, 500) : error;
                    }
                },
            );
            return { ...cluster, found: false };
        },
    );
}

/** Ends every process of the sandbox and keeps its data. Gives the names of the parts that ran. */
export async function stopCluster(
    options: Omit<SandboxOptions, "tools"> = {},
): Promise<readonly string[]> {
    const places = statePlaces(options.state ?? stateFolder());
    return withLock(
        join(places.root, "cluster.lock"),
        "starting this sandbox",
        options.progress ?? SILENT,
        () => endEverything(places),
    );
}

async function endEverything(places: StatePlaces): Promise<readonly string[]> {
    const engine = await endEngine(places);
    const lived = await endLivingMesh(places);
    return [
        ...(engine ? ["pulumi"] : []),
        ...(lived ? ["the living mesh"] : []),
        ...(await endParts(places)),
    ];
}

/** Ends every process of the sandbox and deletes its cluster, its stacks' states and its copies. */
export async function resetSandbox(options: Omit<SandboxOptions, "tools"> = {}): Promise<void> {
    const places = statePlaces(options.state ?? stateFolder());
    await stopCluster(options);
    // Only what the sandbox made: the folder may be one that the user chose and keeps other things in.
    const made = [
        places.etcd,
        places.kubeconfig,
        places.pulumiHome,
        places.backend,
        places.work,
        places.bin,
        places.logs,
        places.temporary,
    ];
    for (const path of [
        ...made,
        join(places.root, "kwok"),
        join(places.root, "engine"),
        livingPlaces(places).root,
        sailPlaces(places.kubeconfig).root,
        portsFile(places),
    ]) {
        await rm(path, { recursive: true, force: true });
    }
    if ((await readdir(places.root)).length === 0) await rm(places.root, { recursive: true });
}

/** Whether every part runs the tools of today and the nodes are Ready. */
async function isUp(places: StatePlaces, tools: Toolbox, lives: boolean): Promise<boolean> {
    const control = (await parts(places)).filter(({ name }) => isControlPlane(name));
    if (control.some((part) => part.process === undefined)) return false;
    try {
        if ((await readFile(configFile(places), "utf8")) !== (await configOf(places, tools, lives)))
            return false;
        const server = await apiServerOf(places.kubeconfig);
        return (await isReady(server)) && (await readyNodes(server)).length >= NODES;
    } catch {
        return false;
    }
}

function configFile(places: StatePlaces): string {
    return join(places.root, "kwok", "kwokctl.yaml");
}

/** kwokctl's configuration for the ports of the last start; empty when there was none. */
async function configOf(places: StatePlaces, tools: Toolbox, lives: boolean): Promise<string> {
    const ports = await savedPorts(places);
    if (ports === undefined) return "";
    return stringify(
        clusterConfig(tools, places, ports, toolNamed("kube-apiserver").version, lives),
    );
}

/**
 * Lets kwokctl set the control plane up from today's programs and arguments. It is the one way for a new,
 * a stopped and a damaged cluster: certificates and etcd's data are kept, everything else is written again.
 */
async function createCluster(places: StatePlaces, tools: Toolbox, lives: boolean): Promise<void> {
    await endParts(places);
    for (const name of ["kwok.yaml", "kubeconfig.yaml", "bin", "pids"]) {
        await rm(join(places.cluster, name), { recursive: true, force: true });
    }
    await mkdir(places.cluster, { recursive: true });
    await mkdir(places.etcd, { recursive: true, mode: 0o700 });
    const ports = await freePorts(Object.values(PORTS_OF).flat(), await savedPorts(places));
    await writeFile(portsFile(places), JSON.stringify(ports));
    await writeFile(configFile(places), await configOf(places, tools, lives));
    const env = { ...process.env, KWOK_WORKDIR: join(places.root, "kwok") };
    const kwokctl = (args: readonly string[]): Promise<{ code: number; stderr: string }> =>
        run(tools.kwokctl, ["--name", CLUSTER_NAME, ...args], { env, timeout: 150_000 });
    const created = await kwokctl([
        "create",
        "cluster",
        ...["--config", configFile(places), "--kubeconfig", "", "--wait", "60s"],
    ]);
    if (created.code !== 0) throw await notStarted(places, created.stderr);
    await writeKubeconfig(places, ports.apiServer);
    const server = await apiServerOf(places.kubeconfig);
    const scaled = await kwokctl(["scale", "node", "--replicas", String(NODES)]);
    if (scaled.code !== 0) throw await notStarted(places, scaled.stderr);
    await startPlayers(places, tools);
    const until = Date.now() + 60_000;
    while (!(await isReady(server)) || (await readyNodes(server)).length < NODES) {
        if (Date.now() > until)
            throw await notStarted(places, `fewer than ${NODES} nodes are Ready after 60 s`);
        await sleep(200);
    }
}

async function writeKubeconfig(places: StatePlaces, port: number): Promise<void> {
    const [ca, cert, key] = await Promise.all(
        ["ca.crt", "admin.crt", "admin.key"].map((name) =>
            readFile(join(places.cluster, "pki", name)),
        ),
    );
    if (!ca || !cert || !key) throw new Error("kwokctl wrote no certificates");
    const text = stringify(kubeconfigOf(`https://127.0.0.1:${port}`, { ca, cert, key }));
    await writeFile(places.kubeconfig, text, { mode: 0o600 });
}

/** The problem of a control plane that did not start, with the last words of the component that died. */
async function notStarted(places: StatePlaces, said: string): Promise<Error> {
    const down = (await parts(places)).filter(
        ({ name, process: found }) => !found && isControlPlane(name),
    );
    const logs = join(places.cluster, "logs");
    const words = await Promise.all(
        down.map(async ({ name }) => {
            const text = await readFile(join(logs, `${name}.log`), "utf8").catch(() => "");
            return `${name}: ${text.trim().split("\n").at(-1) ?? ""}`.slice(0, 400);
        }),
    );
    const detail = [...words, said.trim().split("\n").at(-1) ?? ""].filter((line) => line !== "");
    if (detail.some(saysDiskFull)) return diskFull(places.root, 500);
    return new SandboxProblem(
        "The sandbox's control plane did not start.",
        ...detail,
        `Logs: ${logs}. Its processes were ended and its data was kept.`,
        "Try again; npm run sandbox -- reset begins with an empty cluster.",
    );
}
