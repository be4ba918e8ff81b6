/**
 * Runs a program against a played engine. Proves what is asked of the engine, in which order and by
 * whom. Doesn't prove that a chart renders, or that anything becomes ready.
 */
import * as pulumi from "@pulumi/pulumi";
import * as callbacks from "@pulumi/pulumi/proto/callback_pb";
import type {
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { ICallbackServer } from "@pulumi/pulumi/runtime/callbacks";
import { TEMPLATE } from "../../components/sail/rendering";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** A resource as the engine is asked for it. */
export interface Deployed {
    readonly type: string;
    readonly name: string;
    /** Logical name of the parent; absent at the top. */
    readonly parent?: string;
    /** Logical names, sorted: a local component stands for its children, as in the engine. */
    readonly dependsOn: readonly string[];
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Logical name of the Kubernetes provider; absent where the default one would serve. */
    readonly provider?: string;
    /** Only the options that are set. */
    readonly options: Options;
}

interface Options {
    readonly retainOnDelete?: true;
    readonly protect?: true;
    readonly deleteBeforeReplace?: true;
    readonly replaceOnChanges?: readonly string[];
    /** Names of the transforms. */
    readonly transforms?: readonly string[];
    /** Names of the hooks that hear of its failure. */
    readonly onError?: readonly string[];
}

/** What a program did. */
export interface Deployment<T> {
    /** In the order in which the engine is asked. */
    readonly resources: readonly Deployed[];
    /** What components registered as their outputs, by logical name. */
    readonly outputs: Readonly<Record<string, unknown>>;
    readonly result: T;
}

/** An object that a chart renders, as its outputs name it. */
export interface Rendered {
    readonly type: string;
    readonly name: string;
    readonly state: Readonly<Record<string, unknown>>;
}

/** How the played engine answers. */
export interface Play {
    readonly stack?: string;
    /** What a chart or a group of files renders, by its logical name. Default: nothing. */
    readonly renders?: (name: string) => readonly Rendered[];
    /** What a chart renders when its text is asked for, by the name of its release. Default: nothing. */
    readonly templates?: (release: string) => readonly object[];
}

/** Components whose provider renders them, and so answers with a list of resources. */
const RENDERING = new Set(["kubernetes:helm.sh/v4:Chart", "kubernetes:yaml/v2:ConfigGroup"]);

/** The key by which the engine marks a reference to a resource (`runtime/rpc.ts`, `specialSigKey`). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
/** Its value for resources (`specialResourceSig`). */
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Runs a program to its end, and says what it asked for. */
export async function deploy<T>(
    program: () => T | Promise<T>,
    { stack = "test", renders = () => [], templates = () => [] }: Play = {},
): Promise<Deployment<T>> {
    const resources: Deployed[] = [];
    const outputs: Record<string, unknown> = {};
    const inputs = new Map<string, Record<string, unknown>>();
    await pulumi.runtime.setMocks(
        {
            newResource: ({ type, name, inputs: given }) => {
                const state = given as Record<string, unknown>;
                inputs.set(`${type} ${name}`, state);
                return RENDERING.has(type)
                    ? {
                          id: undefined,
                          state: { ...state, resources: renders(name).map(referenceTo(monitor)) },
                      }
                    : { id: `${name}-id`, state };
            },
            call: ({ token, inputs: given }) => {
                if (token === TEMPLATE) {
                    const { jsonOpts } = given as { jsonOpts: string };
                    const { release_name } = JSON.parse(jsonOpts) as { release_name: string };
                    return { result: templates(release_name) };
                }
                throw new Error(`Unexpected call of ${token}`);
            },
        },
        "istio-mesh",
        stack,
    );
    const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
    const registerResource = monitor.registerResource.bind(monitor);
    const registerResourceOutputs = monitor.registerResourceOutputs.bind(monitor);
    const transforms = playTransforms();
    monitor.registerResource = async (request: RegisterResourceRequest, answer) => {
        const [type, name] = [request.getType(), request.getName()];
        // Its place is that of the request; its inputs are known once it is answered.
        const at = resources.push(recordOf(request, transforms)) - 1;
        await registerResource(request, answer);
        resources[at] = { ...resources[at]!, inputs: inputs.get(`${type} ${name}`) ?? {} };
    };
    monitor.registerResourceOutputs = (request: RegisterResourceOutputsRequest, answer) => {
        const said: unknown = request.getOutputs()?.toJavaScript();
        outputs[nameIn(request.getUrn())] = said;
        registerResourceOutputs(request, answer);
    };
    try {
        const result = await program();
        return { resources, outputs, result };
    } finally {
        await pulumi.runtime.disconnect();
    }
}

/** The value of an output, once the program has run. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise<T>((resolve) => {
        output.apply((value) => {
            resolve(value);
        });
    });
}

/** One line per resource: its type, its name, its parent and what it waits for. */
export function outline(resources: readonly Deployed[]): string[] {
    return resources.map(({ type, name, parent, dependsOn }) =>
        [
            `${type} ${name}`,
            ...(parent === undefined ? [] : [`in ${parent}`]),
            ...(dependsOn.length === 0 ? [] : [`after ${dependsOn.join(", ")}`]),
        ].join(" | "),
    );
}

/** The one resource by a logical name, or by type and name where components share it. */
export function find(resources: readonly Deployed[], name: string, type?: string): Deployed {
    const found = resources.filter(
        (resource) => resource.name === name && (type === undefined || resource.type === type),
    );
    if (found.length !== 1) {
        throw new Error(`${found.length} resources by the name ${name}`);
    }
    return found[0]!;
}

function recordOf(request: RegisterResourceRequest, names: ReadonlyMap<string, string>): Deployed {
    const used = request.getTransformsList().map((one) => names.get(one.getToken()) ?? "unknown");
    const replaced = request.getReplaceonchangesList();
    const hooks = request.getHooks()?.getOnErrorList() ?? [];
    const options: Options = {
        ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
        ...(request.getProtect() === true ? { protect: true } : {}),
        ...(request.getDeletebeforereplace() ? { deleteBeforeReplace: true } : {}),
        ...(replaced.length > 0 ? { replaceOnChanges: replaced } : {}),
        ...(hooks.length > 0 ? { onError: hooks } : {}),
        ...(used.length > 0 ? { transforms: used } : {}),
    };
    const provider = request.getProvider() || (request.getProvidersMap().get("kubernetes") ?? "");
    return {
        type: request.getType(),
        name: request.getName(),
        ...(request.getParent() === "" ? {} : { parent: nameIn(request.getParent()) }),
        dependsOn: request.getDependenciesList().map(nameIn).sort(),
        inputs: {},
        // A reference is the provider's URN and its id.
        ...(provider === "" ? {} : { provider: nameIn(provider).replace(/::.*$/, "") }),
        options,
    };
}

/** The logical name at the end of a URN. */
function nameIn(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** Makes a resource known to the played engine, and refers to it as the engine does. */
function referenceTo(monitor: MockMonitor) {
    return ({ type, name, state }: Rendered) => {
        const urn = `urn:pulumi:test::istio-mesh::${type}::${name}`;
        monitor.resources.set(urn, { urn, id: name, state });
        return { [SIGNATURE]: RESOURCE, urn, id: name };
    };
}

/** Transforms need a server that the engine calls back; here they are only named. */
function playTransforms(): ReadonlyMap<string, string> {
    const names = new Map<string, string>();
    const refuse = () => {
        throw new Error("Not played");
    };
    const server: ICallbackServer = {
        registerTransform: (transform) => {
            const callback = new callbacks.Callback();
            callback.setToken(`transform-${names.size}`);
            names.set(callback.getToken(), transform.name);
            return Promise.resolve(callback);
        },
        registerStackTransform: refuse,
        registerStackInvokeTransform: refuse,
        registerStackInvokeTransformAsync: refuse,
        registerResourceHook: refuse,
        registerErrorHook: () => Promise.resolve(),
        shutdown: () => undefined,
        awaitStackRegistrations: () => Promise.resolve(),
    };
    // Mocks switch transforms off, and only this store can switch them on.
    const { globalStore } = globalThis as unknown as {
        globalStore: { supportsTransforms: boolean; callbacks: ICallbackServer };
    };
    globalStore.supportsTransforms = true;
    globalStore.callbacks = server;
    return names;
}
