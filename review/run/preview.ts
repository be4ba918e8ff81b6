/** Runs a preview and keeps what a review reads of its events. */
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
import { OWN_HOST } from "../../sandbox/display";
import { engineFailure } from "../../sandbox/failure";
import { PROJECT_FOLDER } from "../../sandbox/places";
import type { Progress } from "../../sandbox/progress";
import { checkStack } from "../../sandbox/stack-files";
import { policyOf } from "../../sandbox/stack";
import type { ReviewEvent } from "../events/stream";
import { reviewEvent } from "../events/stream";
import type { ClusterAccess } from "./cluster";
import type { Place } from "./arguments";

/** A preview that has been run, or as much of it as there was. */
export interface Preview {
    /** Which engine and cluster, in one line. */
    readonly target: string;
    readonly events: readonly ReviewEvent[];
    /** Why it failed; absent when it didn't. */
    readonly failure?: string;
    /** How to read the cluster; absent where it isn't known. */
    readonly access?: ClusterAccess;
}

/** How to run one. */
export interface PreviewRequest {
    readonly stack: string;
    readonly place: Place;
    readonly savePlan?: string;
    readonly progress: Progress;
}

/** What a stack file says of its cluster. */
interface StackTarget {
    readonly kubeContext?: string;
    readonly kubeconfig?: string;
}

/**
 * Previews a stack: on its own cluster if its file names one, else in the sandbox.
 * @throws SandboxProblem when there is no such stack, or the sandbox doesn't start
 */
export async function preview(request: PreviewRequest): Promise<Preview> {
    const { stack, place } = request;
    if (place !== "own") await checkStack(stack);
    const target = await targetOf(stack);
    const own = place === "own" || (place === "found out" && target.kubeContext !== undefined);
    return own ? previewOwn(request, target) : previewInSandbox(request);
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

async function previewInSandbox({ stack, savePlan, progress }: PreviewRequest): Promise<Preview> {
    const tools = await resolveTools(progress);
    const cluster = await startCluster({ tools, progress });
    const opened = await openStack(stack, { tools, progress });
    return {
        target: "the sandbox",
        access: {
            kubectl: tools.kubectl,
            kubeconfig: cluster.kubeconfig,
            context: cluster.context,
        },
        ...(await watched(stack, progress, (onEvent) =>
            opened.preview({ onEvent, ...(savePlan === undefined ? {} : { plan: savePlan }) }),
        )),
    };
}

async function previewOwn(
    { stack, savePlan, progress }: PreviewRequest,
    { kubeContext, kubeconfig }: StackTarget,
): Promise<Preview> {
    const opened = await LocalWorkspace.selectStack({
        stackName: stack,
        workDir: PROJECT_FOLDER,
    }).catch((error: unknown) => {
        throw ownProblem(stack, error);
    });
    return {
        target: `its own cluster${kubeContext === undefined ? "" : `, context ${kubeContext}`}`,
        ...(kubeContext === undefined
            ? {}
            : {
                  access: {
                      kubectl: "kubectl",
                      context: kubeContext,
                      ...(kubeconfig === undefined ? {} : { kubeconfig }),
                  },
              }),
        ...(await watched(stack, progress, (onEvent) =>
            opened.preview({
                onEvent,
                ...policyOf(stack),
                ...(savePlan === undefined ? {} : { plan: savePlan }),
            }),
        )),
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

/** Runs a preview that is listened to. That it fails is a result, too: what is known is kept. */
async function watched(
    stack: string,
    progress: Progress,
    run: (onEvent: (event: EngineEvent) => void) => Promise<unknown>,
): Promise<Pick<Preview, "events" | "failure">> {
    const events: ReviewEvent[] = [];
    try {
        await progress.step(`Previewing stack ${stack}`, () =>
            run((event) => {
                const kept = reviewEvent(event);
                if (
                    kept === undefined ||
                    ("word" in kept && kept.word.message.includes(OWN_HOST))
                ) {
                    return;
                }
                events.push(kept);
            }),
        );
        return { events };
    } catch (error) {
        const told = engineFailure("", error);
        if (!(told instanceof EngineFailure)) throw error;
        return { events, failure: failureText(stack, told) };
    }
}

/** In one line: the engine's own words follow among what it said. */
function failureText(stack: string, { report }: EngineFailure): string {
    const lines = report.split("\n").map((line) => line.trim());
    const said =
        lines.find((line) => line.startsWith("error: ")) ?? lines.find((line) => line !== "");
    return `The preview of stack ${stack} failed${said === undefined ? "." : `: ${said.replace(/^error: /, "").slice(0, 300)}`}`;
}
