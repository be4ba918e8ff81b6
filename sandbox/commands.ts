/** What the command line asks for. */
export type Command =
    | { readonly does: "start" | "preview" | "destroy"; readonly stack: string }
    | { readonly does: "status" | "stop" | "reset" | "usage" }
    | { readonly does: "mistake"; readonly word: string };

export const USAGE = `Usage:
  npm start                                  deploy stack dev into the sandbox
  npm start -- <stack>                       deploy another stack
  npm run sandbox -- preview [stack]         show what a deployment would change, judged by the policy pack
  npm run sandbox -- destroy [stack]         take a stack away
  npm run sandbox -- status                  what runs, with process ids and ports
  npm run sandbox -- stop                    end every process, keep the data
  npm run sandbox -- reset                   end every process, delete the data
A cluster of your own needs none of this: pulumi up -s <stack> --policy-pack policy`;

/** Reads the words after `npm start --` (a stack) or `npm run sandbox --` (which begin with "sandbox"). */
export function readCommand(words: readonly string[]): Command {
    const [first = "dev", ...more] = words;
    if (words.some((word) => word === "--help" || word === "-h")) return { does: "usage" };
    if (first !== "sandbox") {
        const extra = [first, ...more].find((word, index) => index > 0 || word.startsWith("-"));
        return extra === undefined
            ? { does: "start", stack: first }
            : { does: "mistake", word: extra };
    }
    const [does, stack = "dev", ...rest] = more;
    const [tooMuch] = rest;
    if (tooMuch !== undefined) return { does: "mistake", word: tooMuch };
    switch (does) {
        case "start":
        case "preview":
        case "destroy":
            return { does, stack };
        case "status":
        case "stop":
        case "reset":
            return more.length === 1 ? { does } : { does: "mistake", word: stack };
        case undefined:
            return { does: "usage" };
        default:
            return { does: "mistake", word: does };
    }
}
