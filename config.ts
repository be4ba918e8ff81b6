import * as pulumi from "@pulumi/pulumi";
import { directoryProblems, operatorProblems } from "./components/plan/chart-source";
import { bundleProblems } from "./components/plan/gateway-api-source";
import { chartsOf } from "./components/plan/helm-plan";
import { checkSettings, ownKeys } from "./settings/check";
import { problemsMessage, type Problem } from "./settings/problems";
import { unreachable } from "./settings/reachability";
import type { Settings } from "./settings/schema";
import { findTarget, isProblem, type Target } from "./settings/target";

/** Everything a stack says: what to deploy, and where. */
export interface StackConfig {
    readonly settings: Settings;
    readonly target: Target;
}

/**
 * Reads and checks the stack's config, before any resource is registered. The only reader of it.
 * @throws RunError that lists every problem with its fix
 */
export async function loadConfig(): Promise<StackConfig> {
    const stack = pulumi.getStack();
    const fail = (problems: readonly Problem[]) =>
        new pulumi.RunError(problemsMessage(stack, problems));
    const { settings, problems } = checkSettings(ownKeys(pulumi.runtime.allConfig()));
    if (settings === undefined) {
        throw fail(problems);
    }
    const target = findTarget(settings);
    const onDisk = [
        ...directoryProblems(chartsOf(settings), settings),
        ...operatorProblems(settings),
        ...bundleProblems(settings.gatewayApi),
    ];
    const astray = isProblem(target) ? target : await unreachable(target);
    const found = astray === undefined ? onDisk : [astray, ...onDisk];
    if (isProblem(target) || found.length > 0) {
        throw fail(found);
    }
    return { settings, target };
}
