import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Folder of the project: the one that holds Pulumi.yaml. */
export const PROJECT_FOLDER = resolve(__dirname, "..");

/** Module that lets a process of its own run the project's TypeScript: `node -r`. */
export const TYPESCRIPT = join(PROJECT_FOLDER, "sandbox", "typescript.cjs");

/** Environment that decides where files go. */
export interface Surroundings {
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly platform: NodeJS.Platform;
    readonly home: string;
}

/**
 * Where tools are kept, shared by every checkout: ISTIO_MESH_CACHE, else the platform's cache folder
 * (XDG_CACHE_HOME, `~/.cache`, on macOS `~/Library/Caches`) and in it `istio-mesh`.
 */
export function cacheFolder(around: Surroundings = surroundings()): string {
    const { env, platform, home } = around;
    const given = env["ISTIO_MESH_CACHE"];
    if (given) return resolve(given);
    if (platform === "darwin") return join(home, "Library", "Caches", "istio-mesh");
    return join(env["XDG_CACHE_HOME"] ?? join(home, ".cache"), "istio-mesh");
}

/** Where a sandbox keeps its cluster and its stacks: ISTIO_MESH_SANDBOX, else `.sandbox` in the project. */
export function stateFolder(around: Surroundings = surroundings()): string {
    const given = around.env["ISTIO_MESH_SANDBOX"];
    return given ? resolve(given) : join(PROJECT_FOLDER, ".sandbox");
}

function surroundings(): Surroundings {
    return { env: process.env, platform: process.platform, home: homedir() };
}

/** Everything a sandbox keeps, below its state folder. */
export interface StatePlaces {
    readonly root: string;
    /** What kwokctl writes: certificates, arguments, process ids and logs of the control plane. */
    readonly cluster: string;
    /** etcd's data, outside kwokctl's folder, which kwokctl empties when a start fails. */
    readonly etcd: string;
    readonly kubeconfig: string;
    /** PULUMI_HOME of the sandbox, so that the user's login stays untouched. */
    readonly pulumiHome: string;
    /** Stack states, as Pulumi's file backend keeps them. */
    readonly backend: string;
    /** Copies of the project and stack files, one folder per stack. */
    readonly work: string;
    /** Programs the engine looks for on PATH. */
    readonly bin: string;
    /** For temporary files: the provider leaves a copy of the kubeconfig behind with each run. */
    readonly temporary: string;
    readonly logs: string;
}

/** Name of the cluster, of its kubeconfig context, and of kwokctl's folder for it. */
export const CLUSTER_NAME = "istio-mesh-sandbox";

/** The places below one state folder. */
export function statePlaces(root: string): StatePlaces {
    return {
        root,
        cluster: join(root, "kwok", "clusters", CLUSTER_NAME),
        etcd: join(root, "etcd"),
        kubeconfig: join(root, "kubeconfig.yaml"),
        pulumiHome: join(root, "home"),
        backend: join(root, "state"),
        work: join(root, "work"),
        bin: join(root, "bin"),
        temporary: join(root, "tmp"),
        logs: join(root, "logs"),
    };
}
