/** What the command lines of review and drift have in common. */

/** Where a stack's engine and cluster are. */
export type Place = "sandbox" | "own" | "found out";

/** Words that ask for nothing to be run. */
export type NoRun =
    { readonly does: "usage" } | { readonly does: "mistake"; readonly what: string };

/** Words that were understood. */
export interface Words<Flag extends string> {
    readonly does: "run";
    /** At least one, each once. */
    readonly stacks: readonly string[];
    readonly place: Place;
    readonly values: ReadonlyMap<Flag, string>;
    /** Switches that were given. */
    readonly switches: ReadonlySet<string>;
    /** Of --width. */
    readonly width?: number;
}

export function mistake(what: string): NoRun {
    return { does: "mistake", what };
}

/** What else a command line may have. */
interface Also {
    /** Options without a value. */
    readonly switches?: readonly string[];
    /** The stack that is meant where none is named. */
    readonly stack?: string;
}

/** Reads stacks, --sandbox, --own and the flags that take a value: `--out folder` or `--out=folder`. */
export function readWords<Flag extends string>(
    words: readonly string[],
    flags: readonly Flag[],
    also: Also = {},
): Words<Flag> | NoRun {
    if (words.some((word) => word === "--help" || word === "-h")) return { does: "usage" };
    const stacks = new Set<string>();
    const values = new Map<Flag, string>();
    const places = new Set<Place>();
    const switches = new Set<string>();
    const rest = [...words];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const [name = "", inline] = word.split(/=(.*)/s);
        const flag = flags.find((each) => name === `--${each}`);
        if (word === "--sandbox" || word === "--own") {
            places.add(word === "--own" ? "own" : "sandbox");
        } else if (flag !== undefined) {
            const value = inline ?? rest.shift();
            if (value === undefined || value === "" || value.startsWith("--")) {
                return mistake(`${name} needs a value`);
            }
            values.set(flag, value);
        } else if (also.switches?.some((each) => word === `--${each}`) === true) {
            switches.add(word.slice(2));
        } else if (word.startsWith("-")) return mistake(`${word} is no option`);
        else stacks.add(word);
    }
    if (places.size > 1) return mistake("--sandbox and --own exclude each other");
    if (stacks.size === 0 && also.stack !== undefined) stacks.add(also.stack);
    if (stacks.size === 0) return mistake("name a stack");
    const width = [...values].find(([flag]) => flag === "width")?.[1];
    if (width !== undefined && !/^[1-9]\d{1,3}$/.test(width)) {
        return mistake(`--width is a number of columns from 10, not "${width}"`);
    }
    return {
        does: "run",
        stacks: [...stacks],
        place: [...places][0] ?? "found out",
        values,
        switches,
        ...(width === undefined ? {} : { width: Number(width) }),
    };
}
