/** `npm run verify`: whether a live mesh does what it was asked for. */
import { runMain } from "../review/main";
import { terminal } from "../review/page/terminal";
import type { ClusterAccess } from "../review/run/cluster";
import { reach } from "../review/run/preview";
import { SandboxProblem } from "../sandbox";
import { messageOf } from "../sandbox/problem";
import { progressOn } from "../sandbox/progress";
import { readCommand, USAGE } from "./arguments";
import type { VerifyCommand } from "./arguments";
import { pageOf } from "./page";
import { readSnapshot } from "./read";
import { exitCodeOf, reportOf } from "./report";

const progress = progressOn(process.stderr);

async function run(command: VerifyCommand, width: number): Promise<number> {
    const { target, access } = await reached(command);
    const snapshot = await readSnapshot(access).catch((error: unknown) => {
        throw new SandboxProblem(
            `${target} can't be read: ${messageOf(error).trim().split("\n").at(-1) ?? ""}`,
            "What it takes to read it: kubectl apply -f verify/rights.yaml, by somebody who may.",
        );
    });
    const report = reportOf(snapshot);
    if (report === undefined) {
        throw new SandboxProblem(
            `There is no istiod in ${target}.`,
            "Install a mesh first: npm start for the sandbox, pulumi up for a cluster.",
        );
    }
    process.stdout.write(
        command.json
            ? `${JSON.stringify({ target, ...report }, undefined, 2)}\n`
            : terminal(pageOf(report, target), width),
    );
    return exitCodeOf(report, command.strict);
}

async function reached({
    stack,
    place,
    context,
    kubeconfig,
}: VerifyCommand): Promise<{ readonly target: string; readonly access: ClusterAccess }> {
    if (context === undefined) return reach(stack, place, progress);
    return {
        target: `context ${context}`,
        access: {
            kubectl: "kubectl",
            context,
            ...(kubeconfig === undefined ? {} : { kubeconfig }),
        },
    };
}

runMain({ usage: USAGE, read: readCommand, run });
