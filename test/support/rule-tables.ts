/** What a rule's table holds, and where all tables are: `test/policy/<family>/<rule>.ts`. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Given } from "./policy";

/** One object or several that belong together. */
export type Objects = Given | readonly Given[];

/** A setting of the rule, what is judged by it, and every message. */
export interface ConfigCase {
    readonly value: unknown;
    readonly objects: Objects;
    readonly messages: readonly string[];
}

/** What a rule allows and denies, with exact messages, by title. */
export interface RuleTable {
    readonly allowed: Readonly<Record<string, Objects>>;
    /** Objects, and every violation in order. */
    readonly denied: Readonly<Record<string, readonly [Objects, readonly string[]]>>;
    /** Objects with values that a preview can't know, and what is said of them: deferred, and violations beside. */
    readonly unknown: Readonly<
        Record<string, readonly [Objects, readonly string[], (readonly string[])?]>
    >;
    /** Every setting of the rule but `exempt`, each with one case or more. */
    readonly config: Readonly<Record<string, readonly ConfigCase[]>>;
    /** Objects that the level `remediate` mends, before and after. */
    readonly remediated?: Readonly<Record<string, readonly [Given, object]>>;
}

const load = createRequire(__filename);

/** The table of a rule; undefined where there is none. */
export function tableOf(family: string, rule: string): RuleTable | undefined {
    const file = join(__dirname, "../policy", family, `${rule}.ts`);
    return existsSync(file) ? (load(file) as { table: RuleTable }).table : undefined;
}
