/** Opens a stack where it lives, previews it, and keeps what a review reads of the engine's events. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import {
    EngineFailure,
    openStack,
    resolveTools,
    SandboxProblem,
    startCluster,
} from "../../sandbox";
import type { Toolbox } from "../../sandbox";
import { OWN_HOST } from "../../sandbox/display";
import { engineFailure } from "../../sandbox/failure";
import { livingToolsIfWanted } from "../../sandbox/living/wanted";
import { PROJECT_FOLDER } from "../../sandbox/places";
import type { Progress } from "../../sandbox/progress";
import { policyOf } from "../../sandbox/stack";
import { checkStack } from "../../sandbox/stack-files";
import { reviewEvent } from "../events/stream";
import type { ReviewEvent } from "../events/stream";
import type { ClusterAccess } from "./cluster";
import type { Place } from "./words";

type Listener = (event: EngineEvent) => void;

/** A stack, ready to be looked at. Nothing here changes it. */
export interface Opened {
    /** Which engine and cluster, in one line. */
    readonly target: string;
    /** How to read the cluster; absent where it isn't known. */
    readonly access?: ClusterAccess;
    /** Runs a preview, judged by the policy pack; saves its plan where asked. */
    readonly preview: (onEvent: Listener, savePlan: string | undefined) => Promise<unknown>;
    /** Compares the state with the cluster. */
    readonly refresh: (onEvent: Listener) => Promise<unknown>;
}

/** What a stack file says of its cluster. */
interface StackTarget {
    readonly kubeContext?: string;
    readonly kubeconfig?: string;
}

/**
 * Opens a stack: on its own cluster if its file names one, else in the sandbox.
 * @throws SandboxProblem when there is no such stack, or the sandbox doesn't start
 */
export async function open(stack: string, place: Place, progress: Progress): Promise<Opened> {
    if (place !== "own") await checkStack(stack);
    const target = await targetOf(stack);
    const own = place === "own" || (place === "found out" && target.kubeContext !== undefined);
    return own ? openOwn(stack, target) : openInSandbox(stack, progress);
}

async function targetOf(stack: string): Promise<StackTarget> {
    const file = join(PROJECT_FOLDER, `Pulumi.${stack}.yaml`);
    if (!existsSync(file)) return {};
    const { config = {} } = (parse(await readFile(file, "utf8")) ?? {}) as {
        config?: Readonly<Record<string, unknown>>;
    };
    const text = (key: string) => {
        const value = config[`istio-mesh:${key}`];
        return typeof value === "string" && value !== "" ? value : undefined;
    };
    const [kubeContext, kubeconfig] = [text("kubeContext"), text("kubeconfig")];
    return {
        ...(kubeContext === undefined ? {} : { kubeContext }),
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
    };
}

/**
 * How to read a stack's cluster, without its engine.
 * @throws SandboxProblem when there is no such stack, its cluster isn't named, or the sandbox doesn't start
 */
export async function reach(
    stack: string,
    place: Place,
    progress: Progress,
): Promise<Required<Pick<Opened, "target" | "access">>> {
    if (place !== "own") await checkStack(stack);
    const target = await targetOf(stack);
    if (place !== "own" && (place === "sandbox" || target.kubeContext === undefined)) {
        return { target: SANDBOX, access: (await sandboxCluster(progress)).access };
    }
    const access = accessOf(target);
    if (access === undefined) {
        throw new SandboxProblem(
            `Stack ${stack} names no cluster.`,
            `pulumi config set kubeContext <context> --stack ${stack}, or say it here: --context <context>.`,
        );
    }
    return { target: ownText(target), access };
}

const SANDBOX = "the sandbox";

async function sandboxCluster(
    progress: Progress,
): Promise<{ readonly tools: Toolbox; readonly access: ClusterAccess }> {
    const tools = await resolveTools(progress);
    // As `npm start` does: a sandbox that lives stays so.
    const living = await livingToolsIfWanted(progress);
    const { kubeconfig, context } = await startCluster({
        tools,
        progress,
        ...(living ? { living } : {}),
    });
    return { tools, access: { kubectl: tools.kubectl, kubeconfig, context } };
}

async function openInSandbox(stack: string, progress: Progress): Promise<Opened> {
    const { tools, access } = await sandboxCluster(progress);
    const opened = await openStack(stack, { tools, progress });
    return {
        target: SANDBOX,
        access,
        preview: (onEvent, plan) =>
            opened.preview({ onEvent, ...(plan === undefined ? {} : { plan }) }),
        refresh: (onEvent) => opened.stack.previewRefresh({ onEvent }),
    };
}

function accessOf({ kubeContext, kubeconfig }: StackTarget): ClusterAccess | undefined {
    if (kubeContext === undefined) return undefined;
    return {
        kubectl: "kubectl",
        context: kubeContext,
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
    };
}

function ownText({ kubeContext }: StackTarget): string {
    return `its own cluster${kubeContext === undefined ? "" : `, context ${kubeContext}`}`;
}

async function openOwn(stack: string, target: StackTarget): Promise<Opened> {
    const opened = await LocalWorkspace.selectStack({
        stackName: stack,
        workDir: PROJECT_FOLDER,
    }).catch((error: unknown) => {
        throw ownProblem(stack, error);
    });
    const access = accessOf(target);
    return {
        target: ownText(target),
        ...(access ? { access } : {}),
        preview: (onEvent, plan) =>
            opened.preview({
                onEvent,
                ...policyOf(stack),
                ...(plan === undefined ? {} : { plan }),
            }),
        refresh: (onEvent) => opened.previewRefresh({ onEvent }),
    };
}

function ownProblem(stack: string, error: unknown): unknown {
    const told = engineFailure(`Stack ${stack} can't be opened with the pulumi on PATH.`, error);
    if (told instanceof EngineFailure) {
        return new SandboxProblem(
            `Stack ${stack} can't be opened with the pulumi on PATH.`,
            ...told.report.split("\n"),
            "pulumi stack ls lists your stacks; npm run review -- <stack> --sandbox needs none.",
        );
    }
    const text = error instanceof Error ? error.message : String(error);
    if (!/pulumi/i.test(text)) return error;
    return new SandboxProblem(
        "The Pulumi CLI isn't on PATH.",
        "Install it (https://www.pulumi.com/docs/install/), or preview with --sandbox.",
    );
}

/**
 * Runs something that is listened to. That it fails is a result, too: what is known is kept, and `failure`
 * says why, in one line.
 */
export async function heard<Event>(
    what: string,
    run: (onEvent: Listener) => Promise<unknown>,
    keep: (event: EngineEvent) => Event | undefined,
): Promise<{ readonly events: readonly Event[]; readonly failure?: string }> {
    const events: Event[] = [];
    try {
        await run((event) => {
            const kept = keep(event);
            if (kept !== undefined) events.push(kept);
        });
        return { events };
    } catch (error) {
        const told = engineFailure("", error);
        if (!(told instanceof EngineFailure)) throw error;
        return { events, failure: failureText(what, told) };
    }
}

/** What a review keeps of an event: nothing of what the sandbox itself causes. */
export function reviewed(event: EngineEvent): ReviewEvent | undefined {
    const kept = reviewEvent(event);
    return kept && "word" in kept && kept.word.message.includes(OWN_HOST) ? undefined : kept;
}

/** In one line: the engine's own words follow among what it said. */
function failureText(what: string, { report }: EngineFailure): string {
    const lines = report.split("\n").map((line) => line.trim());
    const said =
        lines.find((line) => line.startsWith("error: ")) ?? lines.find((line) => line !== "");
    return `${what} failed${said === undefined ? "." : `: ${said.replace(/^error: /, "").slice(0, 300)}`}`;
}
