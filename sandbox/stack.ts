import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError, Stack } from "@pulumi/pulumi/automation";
import type {
    DestroyResult,
    OutputMap,
    PreviewOptions as AutomationPreviewOptions,
    PreviewResult,
    UpResult,
} from "@pulumi/pulumi/automation";
import { chartSources } from "./charts";
import type { ChartSources } from "./charts";
import type { SandboxOptions } from "./cluster";
import { inlineProgram, openWorkspace } from "./engine";
import { engineFailure, reportIn } from "./failure";
import { PROJECT_FOLDER, stateFolder, statePlaces } from "./places";
import { SandboxProblem } from "./problem";
import { SILENT } from "./progress";
import { mendStateFiles, recover } from "./recovery";
import { resolveTools } from "./resolve";
import { writeWorkFolder } from "./stack-files";

/** How to open a stack of the sandbox. */
export interface StackOptions extends SandboxOptions {
    /** Stack whose file is the ground. Defaults to the stack's own name. */
    readonly from?: string;
    /** Module to run. Defaults to the project's index.ts. */
    readonly program?: string;
    /** Full config keys and their values, on top of the stack file; null takes a key away. */
    readonly config?: Readonly<Record<string, unknown>>;
    /** Whether the policy pack judges the runs, and a preview comes before `up`. Defaults to true. */
    readonly policy?: boolean;
    /** Where charts come from. Found out when absent. */
    readonly sources?: ChartSources;
    /** Hears what the engine prints. Defaults to nobody. */
    readonly output?: (text: string) => void;
    /** Whether the engine prints colours. Defaults to false. */
    readonly color?: boolean;
    /** Cancels the running operation as Ctrl-C does. */
    readonly signal?: AbortSignal;
}

/** What a caller may ask of one preview. */
export type PreviewOptions = Pick<AutomationPreviewOptions, "onEvent" | "plan">;

/** A stack in the sandbox, ready to run. */
export interface SandboxStack {
    readonly name: string;
    /** The Automation API's stack, for what this interface lacks. */
    readonly stack: Stack;
    /** Each run rejects with an EngineFailure that carries the engine's report. */
    preview(options?: PreviewOptions): Promise<PreviewResult>;
    up(): Promise<UpResult>;
    destroy(): Promise<DestroyResult>;
    outputs(): Promise<OutputMap>;
}

/**
 * Opens a stack that deploys into the sandbox's cluster; makes it when it is new, mends it when its last
 * run was killed. The cluster must have been started.
 * @throws SandboxProblem when the stack has no file, or a tool or the charts can't be had.
 */
export async function openStack(name: string, options: StackOptions = {}): Promise<SandboxStack> {
    const places = statePlaces(options.state ?? stateFolder());
    const progress = options.progress ?? SILENT;
    const tools = options.tools ?? (await resolveTools(progress));
    const sources = options.sources ?? (await chartSources(progress));
    const from = options.from ?? name;
    const workDir = await writeWorkFolder(places, {
        stack: name,
        from,
        sources,
        config: options.config ?? {},
    });
    const program = inlineProgram(options.program ?? join(PROJECT_FOLDER, "index.ts"));
    const workspace = await openWorkspace(places, tools, workDir, program);
    await mendStateFiles(places, name);
    const stack = await Stack.createOrSelect(name, workspace).catch((error: unknown) => {
        throw error instanceof CommandError
            ? new SandboxProblem(`Stack ${name} can't be opened.`, reportIn(error.message))
            : error;
    });
    if (await recover(stack, places, progress)) {
        stack.workspace.envVars["PULUMI_K8S_ENABLE_PATCH_FORCE"] = "true";
    }
    const common = {
        color: options.color === true ? ("always" as const) : ("never" as const),
        onOutput: options.output ?? ((): void => undefined),
        ...(options.signal ? { signal: options.signal } : {}),
    };
    const judged = options.policy === false ? common : { ...common, ...policyOf(from) };
    const told = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
        try {
            return await work();
        } catch (error) {
            throw engineFailure(`${what} of stack ${name} failed.`, error);
        }
    };
    const preview = (asked: PreviewOptions = {}) =>
        told("The preview", () => stack.preview({ ...judged, ...asked }));
    return {
        name,
        stack,
        preview,
        up: async () => {
            // As `pulumi up` does. The Automation API's `up` alone skips the preview, and a rule that judges
            // the stack as a whole would speak only after everything has been created.
            if (options.policy !== false) await preview();
            return told("The deployment", () => stack.up(judged));
        },
        destroy: () => told("The removal", () => stack.destroy(common)),
        outputs: () => stack.outputs(),
    };
}

/** The policy pack as a stack is judged by it, with its levels if it has some. */
export function policyOf(stack: string): { policyPacks: string[]; policyPackConfigs?: string[] } {
    const levelsOf = (name: string) => join(PROJECT_FOLDER, "policy", "levels", `${name}.json`);
    // Examples are for one node at home, as stack dev is.
    const isExample = existsSync(join(PROJECT_FOLDER, "examples", stack));
    const levels = levelsOf(isExample ? "dev" : stack);
    return {
        policyPacks: [join(PROJECT_FOLDER, "policy")],
        ...(existsSync(levels) ? { policyPackConfigs: [levels] } : {}),
    };
}
