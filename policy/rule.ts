/** A rule as its file states it: what it demands, why, and the judgement itself, as a pure function. */
import type { Severity } from "@pulumi/policy";
import { exempt, type Exemption, type Settings, type Values } from "./config";
import type { Found, Stack } from "./found";
import type { KindName } from "./kinds";

/** Controls of public frameworks that a rule serves, where that is true: `{ nist: ["SC-8"] }`. */
export type Controls = Partial<Record<"nist" | "pci" | "cis" | "nsa", readonly string[]>>;

/** A condition as Kubernetes' own admission policies state it: true for an object that is allowed. */
export interface AdmissionCheck {
    /** In the Common Expression Language; `object` is the object. */
    readonly expression: string;
    /** What a refused user reads. */
    readonly message: string;
}

/** By kind, the checks that its objects must pass. */
export type AdmissionChecks = Readonly<Partial<Record<KindName, readonly AdmissionCheck[]>>>;

/** What a rule states about itself. Docs and tests rely on all of it. */
export interface Statement {
    /** What it demands, in kebab-case; also its file's name and its anchor in the docs. */
    readonly name: string;
    /** The demand as a short sentence, without a full stop. */
    readonly displayName: string;
    /** The demand as one whole sentence. */
    readonly description: string;
    /** What goes wrong otherwise, one or more sentences. */
    readonly why: string;
    readonly severity: Severity;
    /** Unless a level says otherwise. Advisory where a good reason to break the rule is common. */
    readonly enforcementLevel: "mandatory" | "advisory" | "disabled";
    /** How to satisfy it. */
    readonly remediationSteps: string;
    /** Where to read on. */
    readonly url: string;
    readonly tags: readonly string[];
    readonly controls?: Controls;
}

/** A violation: its message, and the URN of the object to report it by if it isn't the judged one. */
export type Finding = string | { readonly message: string; readonly urn: string };

/** Judges one object; each finding is a violation. Generators suit: what was found before an unknown value stays. */
type ObjectJudge<K extends KindName, S> = (found: Found<K>, config: Values<S>) => Iterable<Finding>;
/** Judges one object among all of its stack. */
type StackJudge<K extends KindName, S> = (
    found: Found<K>,
    config: Values<S>,
    stack: Stack,
) => Iterable<Finding>;

/** What a rule adds to its statement. `S` are its settings, without `exempt`, which every rule has. */
interface Stated<S extends Settings> extends Statement {
    readonly config?: S;
}

interface ObjectStatement<S extends Settings> extends Stated<S> {
    /** The same demand for API servers, by config; only where it says exactly the same. */
    readonly admission?: (config: Values<S>) => AdmissionChecks;
    /** By kind, how an object of it is judged. */
    readonly judge: { readonly [K in KindName]?: ObjectJudge<K, S> };
    /** Mends an object where there is exactly one right answer; only at the level `remediate`. */
    readonly remediate?: {
        readonly [K in KindName]?: (found: Found<K>, config: Values<S>) => void;
    };
}

interface StackStatement<S extends Settings> extends Stated<S> {
    /** By kind, how an object of it is judged. */
    readonly judge: { readonly [K in KindName]?: StackJudge<K, S> };
    /** Kinds that it reads beside those it judges. */
    readonly reads: readonly KindName[];
    /** Kinds of which it must know what the program asked for: `found.asked`. */
    readonly remembers?: readonly KindName[];
}

/** The values of a rule whose settings aren't known by type. */
export type AnyValues = Readonly<Record<string, unknown>> & {
    readonly exempt: readonly Exemption[];
};

/** A rule, whatever its settings. */
export interface Rule extends Statement {
    /** `object`: judged before an object is created or changed. `stack`: at the end, with all others. */
    readonly scope: "object" | "stack";
    readonly settings: Settings;
    readonly judges: ReadonlyMap<
        KindName,
        (found: Found, config: AnyValues, stack?: Stack) => Iterable<Finding>
    >;
    readonly remediates: ReadonlyMap<KindName, (found: Found, config: AnyValues) => void>;
    readonly admission?: (config: AnyValues) => AdmissionChecks;
    readonly reads: readonly KindName[];
    readonly remembers: readonly KindName[];
}

/** By kind, without the types that the statement's own table has checked. */
function table<F>(byKind: object): ReadonlyMap<KindName, F> {
    return new Map(Object.entries(byKind) as [KindName, F][]);
}

/** A rule that can judge each object by itself. */
export function objectRule<S extends Settings>(statement: ObjectStatement<S>): Rule {
    const { judge, remediate = {}, config, admission, ...rest } = statement;
    return {
        ...rest,
        // The values are of the settings beside it, by whichever name they go here.
        ...(admission && { admission: admission as unknown as NonNullable<Rule["admission"]> }),
        scope: "object",
        settings: { ...config, exempt },
        judges: table(judge),
        remediates: table(remediate),
        reads: [],
        remembers: [],
    };
}

/** A rule that must see the whole stack to judge an object. */
export function stackRule<S extends Settings>(statement: StackStatement<S>): Rule {
    const { judge, config, remembers = [], ...rest } = statement;
    return {
        ...rest,
        scope: "stack",
        settings: { ...config, exempt },
        judges: table(judge),
        remediates: new Map(),
        remembers,
    };
}
