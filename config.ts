import * as pulumi from "@pulumi/pulumi";
import { lookAt, type ClusterReader } from "./cluster";
import { authorityProblems } from "./components/plan/authority";
import { directoryProblems, operatorProblems } from "./components/plan/chart-source";
import { bundleProblems } from "./components/plan/gateway-api-source";
import { toolChartProblems } from "./components/observability/charts";
import { localDashboards } from "./components/observability/dashboards";
import { chartsOf } from "./components/plan/helm-plan";
import { readManifests } from "./components/plan/manifests";
import { checkSettings, ownKeys } from "./settings/check";
import { problemsMessage, type Problem } from "./settings/problems";
import { unreachable } from "./settings/reachability";
import type { Settings } from "./settings/schema";
import { findTarget, isProblem, type Target } from "./settings/target";

/** Everything a stack says: what to deploy, and where. */
export interface StackConfig {
    readonly settings: Settings;
    readonly target: Target;
    /** Reads the target; absent where it won't be read. */
    readonly cluster?: ClusterReader;
}

/**
 * Reads and checks the stack's config, by itself and against the cluster, before any resource is
 * registered. The only reader of it.
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
        ...toolChartProblems(settings),
        ...localDashboards(settings).problems,
        ...authorityProblems(settings.mesh),
        ...readManifests(settings).problems,
    ];
    const astray = isProblem(target) ? target : await unreachable(target);
    const found = astray === undefined ? onDisk : [astray, ...onDisk];
    if (isProblem(target) || found.length > 0) {
        throw fail(found);
    }
    const look = await lookAt(target, settings);
    if (look.reader === undefined) {
        await pulumi.log.warn(
            `The cluster can't be read before it is changed, so a switch of installMethod, a skipped release or another owner's Gateway API would go unseen: ${look.blind}`,
        );
        return { settings, target };
    }
    if (look.problems.length > 0) {
        throw fail(look.problems);
    }
    for (const move of look.moves) {
        await pulumi.log.warn(move);
    }
    return { settings, target, cluster: look.reader };
}
