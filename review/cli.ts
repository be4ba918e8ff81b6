/** `npm run review`: what a stack's next update would mean. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import type * as Rules from "../policy/rules";
import { SandboxProblem } from "../sandbox";
import { messageOf } from "../sandbox/problem";
import { progressOn } from "../sandbox/progress";
import { CLASSES } from "./classes/classes";
import { runMain } from "./main";
import { pricesSchema } from "./meaning/prices";
import type { Prices } from "./meaning/prices";
import type { ReviewEvent } from "./events/stream";
import { capacityChart } from "./page/capacity-chart";
import { jsonOf } from "./page/json";
import { markdown } from "./page/markdown";
import { COMMENT_LIMIT, pageOf } from "./page/page";
import { terminal } from "./page/terminal";
import { reviewOf } from "./review";
import type { Review } from "./review";
import { readCommand, USAGE } from "./run/arguments";
import type { ReviewCommand } from "./run/arguments";
import { readCluster } from "./run/cluster";
import type { ClusterAccess } from "./run/cluster";
import { readEventLog } from "./run/event-log";
import { heard, open, reviewed } from "./run/preview";

/** Marks the comment, so that the next review replaces it. */
const MARK = "<!-- istio-mesh review -->";

const load = createRequire(__filename);

const progress = progressOn(process.stderr);

async function run(command: ReviewCommand, width: number): Promise<number> {
    const prices = command.prices === undefined ? undefined : await pricesIn(command.prices);
    const reviews: Review[] = [];
    for (const stack of command.stacks) {
        const review = await reviewStack(command, stack);
        await writeFiles(command.out, review, prices);
        reviews.push(review);
        const paper = {
            write: (blocks: Parameters<typeof terminal>[0]) => terminal(blocks, width),
            limit: Infinity,
        };
        process.stdout.write(pageOf(review, { ...paper, ...(prices ? { prices } : {}) }));
    }
    await writeFile(join(command.out, "comment.md"), commentOf(reviews, prices));
    process.stderr.write(`Written: ${resolve(command.out)}/comment.md and files per stack.\n`);
    return exitCode(reviews, command);
}

async function reviewStack(command: ReviewCommand, stack: string): Promise<Review> {
    const { access, ...run } =
        command.events === undefined
            ? await previewed(command, stack)
            : { target: "a recorded event log", events: await readEventLog(command.events) };
    const cluster =
        access === undefined
            ? { unread: "nothing says how to reach the cluster" }
            : await readCluster(access).then(
                  (facts) => ({ cluster: facts }),
                  (error: unknown) => ({ unread: messageOf(error).split("\n").at(-1) ?? "" }),
              );
    // Only now: the rules bring the policy SDK with them.
    const rules = run.events.some((event) => "policy" in event)
        ? (load("../policy/rules") as typeof Rules).rules
        : [];
    return reviewOf({ stack, ...run, ...cluster, rules });
}

/** A preview that has been run, or as much of it as there was. */
interface Previewed {
    readonly target: string;
    readonly events: readonly ReviewEvent[];
    readonly failure?: string;
    readonly access?: ClusterAccess;
}

async function previewed({ place, savePlan }: ReviewCommand, stack: string): Promise<Previewed> {
    const { target, access, preview } = await open(stack, place, progress);
    const plan = savePlan === undefined ? undefined : resolve(savePlan);
    const run = await heard(
        `The preview of stack ${stack}`,
        (onEvent) => progress.step(`Previewing stack ${stack}`, () => preview(onEvent, plan)),
        reviewed,
    );
    return { target, ...run, ...(access ? { access } : {}) };
}

async function pricesIn(file: string): Promise<Prices> {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
        throw new SandboxProblem(`The prices in ${file} can't be read: ${messageOf(error)}`);
    });
    const { data, error } = pricesSchema.safeParse(parse(text));
    if (data !== undefined) return data;
    throw new SandboxProblem(
        `The prices in ${file} aren't understood.`,
        ...error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`),
        "It needs: currency (a word), cpuHour and memoryGiBHour (numbers).",
    );
}

async function writeFiles(out: string, review: Review, prices: Prices | undefined): Promise<void> {
    await mkdir(out, { recursive: true });
    const file = (ending: string) => join(out, `${review.stack}.${ending}`);
    await writeFile(file("md"), commentOf([review], prices));
    await writeFile(file("json"), jsonOf(review));
    await writeFile(file("svg"), capacityChart(review.capacity));
}

/** The comment for a pull request: every stack gets its share of what fits. */
function commentOf(reviews: readonly Review[], prices: Prices | undefined): string {
    const limit = Math.floor((COMMENT_LIMIT - MARK.length - 2) / reviews.length) - 2;
    const pages = reviews.map((review) =>
        pageOf(review, { write: markdown, limit, ...(prices ? { prices } : {}) }),
    );
    return [MARK, ...pages].join("\n");
}

function exitCode(reviews: readonly Review[], { failOn }: ReviewCommand): number {
    const failed = reviews.some(
        ({ complete, findings }) => !complete || findings.some(({ blocks }) => blocks),
    );
    if (failed) return 1;
    if (failOn === undefined) return 0;
    const grave = CLASSES.slice(CLASSES.indexOf(failOn));
    return reviews.some(({ classes }) => classes.some((name) => grave.includes(name))) ? 3 : 0;
}

runMain({ usage: USAGE, read: readCommand, run });
