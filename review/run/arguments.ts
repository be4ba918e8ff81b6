import { CLASSES } from "../classes/classes";
import type { ClassName } from "../classes/classes";
import { mistake, readWords } from "./words";
import type { NoRun, Place, Words } from "./words";

/** What `npm run review` is asked to do. */
export interface ReviewCommand {
    readonly does: "review";
    readonly stacks: readonly string[];
    readonly place: Place;
    /** Folder for the files. */
    readonly out: string;
    /** A recorded event log to read instead of running a preview. */
    readonly events?: string;
    /** File with prices. */
    readonly prices?: string;
    /** Columns of the terminal. Found out when absent. */
    readonly width?: number;
    /** Where the engine's update plan goes. */
    readonly savePlan?: string;
    readonly failOn?: ClassName;
}

export type Command = ReviewCommand | NoRun;

export const USAGE = `Usage: npm run review -- <stack>... [options]

Previews each stack, changes nothing, and says what the change means: on the terminal, and as
<stack>.md, <stack>.json and <stack>.svg in a folder, with comment.md for a pull request.

  --sandbox            preview in the sandbox on this machine
  --own                preview on the stack's own cluster, with the pulumi on PATH and your login
                       Without either the stack file decides: one that names a cluster
                       (istio-mesh:kubeContext) is previewed there, any other in the sandbox.
  --out <folder>       where the files go; default .review
  --events <file>      read the event log of a preview that has been run (one JSON object per line, as
                       pulumi preview --event-log writes it) instead of running one; for one stack
  --save-plan <file>   keep the engine's update plan, for pulumi up --plan; for one stack
  --prices <file>      YAML with currency, cpuHour and memoryGiBHour: says what the capacity costs
  --fail-on <class>    exit with 3 if the change is of this class or a graver one:
                       ${CLASSES.slice(1).join(", ")}
  --width <columns>    width of the text; default: the terminal's, else 80

Exit codes: 0 everything is known; 1 the preview failed, ended early or a policy forbids the change (what
is known is shown); 2 the command isn't understood; 3 see --fail-on.`;

const VALUED = ["out", "events", "prices", "width", "save-plan", "fail-on"] as const;

/** Reads the words after `npm run review --`. */
export function readCommand(words: readonly string[]): Command {
    const read = readWords(words, VALUED);
    return read.does === "run" ? checked(read) : read;
}

function checked({ stacks, place, values, width }: Words<(typeof VALUED)[number]>): Command {
    const [events, prices, savePlan] = [
        values.get("events"),
        values.get("prices"),
        values.get("save-plan"),
    ];
    if (stacks.length > 1 && (events ?? savePlan) !== undefined) {
        return mistake("--events and --save-plan are for one stack");
    }
    const given = values.get("fail-on");
    const failOn = CLASSES.find((name) => name === given);
    if (given !== undefined && (failOn === undefined || failOn === "nothing")) {
        return mistake(`--fail-on knows ${CLASSES.slice(1).join(", ")}, not "${given}"`);
    }
    return {
        does: "review",
        stacks,
        place,
        out: values.get("out") ?? ".review",
        ...(events === undefined ? {} : { events }),
        ...(prices === undefined ? {} : { prices }),
        ...(savePlan === undefined ? {} : { savePlan }),
        ...(width === undefined ? {} : { width }),
        ...(failOn === undefined ? {} : { failOn }),
    };
}
