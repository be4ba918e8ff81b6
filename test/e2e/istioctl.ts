/** What Istio's own judges say of objects, without a cluster. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { istioJudges } from "../../sandbox/istioctl";
import { progressOn } from "../../sandbox/progress";

/** One message of an analyzer. */
export interface Message {
    readonly code: string;
    readonly level: string;
    /** `VirtualService shop/frontend`. */
    readonly origin: string;
    readonly message: string;
}

/** Objects that are together in one mesh. */
type Mesh = readonly object[];

interface Said {
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs one of the two on meshes, each a file. It ends with an error where it finds one: that is an answer, too. */
async function say(
    judge: "istioctl" | "analyze-files",
    words: readonly string[],
    meshes: readonly Mesh[],
): Promise<Said> {
    const program = (await istioJudges(progressOn(process.stdout)))[judge];
    const folder = await mkdtemp(join(tmpdir(), "istio-mesh-istioctl-"));
    const files = meshes.map((_, i) => join(folder, `${i}.yaml`));
    for (const [i, mesh] of meshes.entries()) {
        const text = mesh.map((object) => JSON.stringify(object)).join("\n---\n");
        await writeFile(files[i] ?? "", text);
    }
    // Whatever cluster this machine knows is not to be asked.
    const env = { ...process.env, KUBECONFIG: join(folder, "none") };
    const options = { env, maxBuffer: 1 << 26, timeout: 120_000 };
    try {
        return await new Promise((done, failed) => {
            execFile(program, [...words, ...files], options, (error, stdout, stderr) => {
                if (error !== null && typeof error.code !== "number")
                    failed(new Error(error.message));
                else done({ stdout, stderr });
            });
        });
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** Errors and warnings of `istioctl validate`, a line each; empty where all is valid. */
export async function validated(mesh: Mesh): Promise<readonly string[]> {
    const { stdout, stderr } = await say("istioctl", ["validate", "-f"], [mesh]);
    return `${stdout}\n${stderr}`
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.endsWith('.yaml" is valid'));
}

/** What `istioctl analyze` finds in objects that are all there is. Without a cluster it skips 21 analyzers. */
export async function analyzed(mesh: Mesh): Promise<readonly Message[]> {
    const words = ["analyze", "--use-kube=false", "--all-namespaces", "--output", "json"];
    const { stdout, stderr } = await say("istioctl", words, [mesh]);
    const start = stdout.indexOf("[");
    if (start < 0) throw new Error(`istioctl analyze says ${stdout}${stderr}`);
    return JSON.parse(stdout.slice(start)) as readonly Message[];
}

/** A workload as its controller would make a pod of it. */
interface Workload {
    readonly kind?: string;
    readonly metadata?: {
        readonly name?: string;
        readonly namespace?: string;
        readonly labels?: Readonly<Record<string, string>>;
    };
    readonly spec?: {
        readonly template?: { readonly metadata?: Template; readonly spec?: object };
    };
}

interface Template {
    readonly annotations?: Readonly<Record<string, string>>;
}

/** Objects with a pod for each workload among them: analyzers look at pods, not at what makes them. */
export function withPods(mesh: Mesh): Mesh {
    const makers = ["Deployment", "StatefulSet", "DaemonSet"];
    const ambient = mesh.flatMap((object) => {
        const { kind, metadata: { name = "", labels = {} } = {} } = object as Workload;
        return kind === "Namespace" && labels["istio.io/dataplane-mode"] === "ambient"
            ? [name]
            : [];
    });
    return mesh.flatMap((object) => {
        const { kind = "", metadata = {}, spec } = object as Workload;
        const template = spec?.template;
        if (!makers.includes(kind) || template === undefined) return [object];
        const { name = "", namespace = "default" } = metadata;
        const { annotations, ...rest }: Template = template.metadata ?? {};
        // As the node agent writes it.
        const captured = ambient.includes(namespace)
            ? { "ambient.istio.io/redirection": "enabled" }
            : {};
        const own = {
            ...rest,
            name: `${name}-a`,
            namespace,
            annotations: { ...annotations, ...captured },
        };
        return [
            object,
            { apiVersion: "v1", kind: "Pod", metadata: own, spec: { ...template.spec } },
        ];
    });
}

/** What all of istioctl's analyzers find in each of several meshes. */
export async function analyzedAll(
    meshes: readonly Mesh[],
): Promise<readonly (readonly Message[])[]> {
    const { stdout, stderr } = await say("analyze-files", [], meshes);
    const lines = stdout.trim().split("\n");
    if (lines.length !== meshes.length || lines.includes(""))
        throw new Error(`the analyzers say ${stderr}`);
    return lines.map((line) => (JSON.parse(line) as readonly Message[] | null) ?? []);
}
