/** `npm run drift`: what has changed in a cluster behind a stack's back, and who did it. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../sandbox/problem";
import { progressOn } from "../../sandbox/progress";
import { runMain } from "../main";
import { markdown } from "../page/markdown";
import { terminal } from "../page/terminal";
import type { ClusterAccess } from "../run/cluster";
import { itemsOf } from "../run/cluster";
import { heard, open } from "../run/preview";
import type { Words } from "../run/words";
import { readWords } from "../run/words";
import { findingsOf } from "./findings";
import type { Finding } from "./findings";
import { refreshEvent } from "./refresh-events";
import type { Drifted } from "./refresh-events";
import { driftIn, driftPage } from "./report";
import type { DriftReport } from "./report";

const USAGE = `Usage: npm run drift -- <stack>... [options]

Compares each stack's state with its cluster, changes neither, and names who made each difference, from
the API server's own record (managedFields). Writers that are expected, such as autoscalers and istiod
itself, stay quiet: docs/review.md lists them.

  --sandbox            compare in the sandbox on this machine
  --own                compare with the stack's own cluster, with the pulumi on PATH and your login
                       Without either the stack file decides, as for npm run review.
  --out <folder>       also write <stack>.md and <stack>.json there
  --width <columns>    width of the text; default: the terminal's, else 80

Exit codes: 0 no drift; 1 it couldn't be told, or not for every object (what is known is shown);
2 the command isn't understood; 3 drift.`;

const FLAGS = ["out", "width"] as const;

type DriftCommand = Words<(typeof FLAGS)[number]>;

const progress = progressOn(process.stderr);

async function run(command: DriftCommand, width: number): Promise<number> {
    const reports: DriftReport[] = [];
    for (const stack of command.stacks) {
        const report = await compare(stack, command);
        reports.push(report);
        process.stdout.write(terminal(driftPage(report), width));
        await writeFiles(report, command.values.get("out"));
    }
    if (reports.some(({ gaps }) => gaps.length > 0)) return 1;
    return reports.some((report) => driftIn(report).length > 0) ? 3 : 0;
}

async function compare(stack: string, { place }: DriftCommand): Promise<DriftReport> {
    const { target, access, refresh } = await open(stack, place, progress);
    const { events, failure } = await heard(
        `The comparison of stack ${stack}`,
        (onEvent) =>
            progress.step(`Comparing stack ${stack} with its cluster`, () => refresh(onEvent)),
        refreshEvent,
    );
    const drifted = events.flatMap((event) => ("drifted" in event ? [event.drifted] : []));
    const seen = events.flatMap((event) => ("seen" in event ? [event.seen] : []));
    const findings: Finding[] = [];
    const unread: string[] = [];
    for (const each of [...drifted].sort((a, b) => (a.urn < b.urn ? -1 : 1))) {
        const live = await liveObject(each, access).catch((error: unknown) => {
            unread.push(
                `${each.object.kind} ${each.object.name}: ${messageOf(error).split("\n").at(-1) ?? ""}`,
            );
            return undefined;
        });
        findings.push(...findingsOf(each, live));
    }
    const complete = events.some((event) => "end" in event);
    return {
        stack,
        target,
        compared: drifted.length + seen.length,
        findings,
        gaps: [
            ...(failure === undefined ? [] : [failure]),
            ...(complete || failure !== undefined
                ? []
                : ["The engine ended before it had compared everything."]),
            ...unread.map((what) => `Who wrote it can't be read of ${what}`),
        ],
    };
}

/** The object as the cluster has it, with its record of writers; undefined for one that is gone. */
async function liveObject(
    { object, apiVersion, deleted }: Drifted,
    access: ClusterAccess | undefined,
) {
    if (deleted) return undefined;
    if (access === undefined) throw new Error("nothing says how to reach the cluster");
    const version = apiVersion.split("/").at(-1) ?? "";
    const kind = object.group === "" ? object.kind : `${object.kind}.${version}.${object.group}`;
    const [live] = await itemsOf(
        access,
        kind,
        object.name,
        "--show-managed-fields",
        ...(object.namespace === "" ? [] : ["--namespace", object.namespace]),
    );
    return live;
}

async function writeFiles(report: DriftReport, out: string | undefined): Promise<void> {
    if (out === undefined) return;
    await mkdir(out, { recursive: true });
    await writeFile(join(out, `${report.stack}.md`), markdown(driftPage(report)));
    await writeFile(join(out, `${report.stack}.json`), `${JSON.stringify(report, undefined, 2)}\n`);
}

runMain({ usage: USAGE, read: (words) => readWords(words, FLAGS), run });
