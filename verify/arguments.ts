import { mistake, readWords } from "../review/run/words";
import type { NoRun, Place } from "../review/run/words";

/** What `npm run verify` is asked to do. */
export interface VerifyCommand {
    readonly does: "verify";
    /** The stack whose cluster is meant; with `context` none is. */
    readonly stack: string;
    readonly place: Place;
    /** A context of a kubeconfig, for a cluster without a stack. */
    readonly context?: string;
    readonly kubeconfig?: string;
    readonly json: boolean;
    /** Whether weaknesses count, too. */
    readonly strict: boolean;
    /** Columns of the terminal. Found out when absent. */
    readonly width?: number;
}

export const USAGE = `Usage: npm run verify [-- <stack>] [options]

Says of a live cluster, per namespace and workload, by which data plane its traffic goes, whether it is mutual
TLS, what still has to be restarted, and whether istiod, ztunnel and proxies agree on the cluster's name; with
the reason and the fix where not. It only reads: verify/rights.yaml is all that it needs. Default stack: dev.

  --sandbox             look at the sandbox on this machine
  --own                 look at the stack's own cluster
                        Without either the stack file decides: one that names a cluster
                        (istio-mesh:kubeContext) is meant, else the sandbox.
  --context <context>   look at this cluster, whoever installed its mesh; no stack is needed
  --kubeconfig <file>   where that context is; default: as kubectl finds it
  --strict              plaintext that is taken as asked for counts as wrong, too
  --json                print the report as JSON
  --width <columns>     width of the text; default: the terminal's, else 80

Exit codes: 0 all is well; 1 it couldn't be told; 2 the command isn't understood; 3 something is wrong or
waits for a restart.`;

const VALUED = ["context", "kubeconfig", "width"] as const;

/** Reads the words after `npm run verify --`. */
export function readCommand(words: readonly string[]): VerifyCommand | NoRun {
    const read = readWords(words, VALUED, { switches: ["json", "strict"], stack: "dev" });
    if (read.does !== "run") return read;
    const { stacks, place, values, switches, width } = read;
    const [stack = "", ...more] = stacks;
    const [context, kubeconfig] = [values.get("context"), values.get("kubeconfig")];
    if (more.length > 0) return mistake("one cluster at a time: name one stack");
    if (context === undefined && kubeconfig !== undefined) {
        return mistake("--kubeconfig needs --context: a file may have several");
    }
    if (context !== undefined && (place !== "found out" || words.includes(stack))) {
        return mistake(
            "--context names the cluster: a stack, --sandbox and --own don't go with it",
        );
    }
    return {
        does: "verify",
        stack,
        place,
        ...(context === undefined ? {} : { context }),
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
        json: switches.has("json"),
        strict: switches.has("strict"),
        ...(width === undefined ? {} : { width }),
    };
}
