/** Makes Pulumi's policies of rules: an object rule becomes a resource policy, a stack rule a stack policy. */
import type {
    ReportViolation,
    ResourceValidationPolicy,
    StackValidationPolicy,
} from "@pulumi/policy";
import { isExempt } from "./config";
import { framework } from "./controls";
import { dropNulls, type Found, kindOfToken, objectsOf, Stack } from "./found";
import type { AnyValues, Rule } from "./rule";
import { UnknownValueError } from "./unknown";

export function toPolicy(rule: Rule): ResourceValidationPolicy | StackValidationPolicy {
    const { name, displayName, description, severity, enforcementLevel } = rule;
    const { remediationSteps, url, tags, controls = {}, settings } = rule;
    const served = framework(controls);
    const statement = {
        name,
        displayName,
        description,
        severity,
        enforcementLevel,
        remediationSteps,
        url,
        tags: [...tags],
        configSchema: { properties: settings },
        ...(served && { framework: served }),
    };
    return rule.scope === "object"
        ? { ...statement, ...resourcePolicy(rule) }
        : { ...statement, ...stackPolicy(rule) };
}

function resourcePolicy(
    rule: Rule,
): Pick<ResourceValidationPolicy, "validateResource" | "remediateResource"> {
    return {
        validateResource: (args, report) => {
            dropNulls(args);
            const objects = objectsOf(args).filter(({ kind }) => rule.judges.has(kind));
            // Config is read only where it is needed: most resources are of other kinds.
            if (objects.length > 0) judgeAll(rule, objects, args.getConfig(), report);
        },
        ...(rule.remediates.size > 0 && {
            remediateResource: (args) => {
                const config = args.getConfig<AnyValues>();
                // Not what a component carries: that is someone else's to write.
                const kind = kindOfToken(args.type);
                const remediate = kind && rule.remediates.get(kind);
                const [found] = objectsOf(args);
                if (!remediate || !found || isExempt(found.name, config.exempt)) return undefined;
                remediate(found, config);
                return args.props;
            },
        }),
    };
}

function stackPolicy(
    rule: Rule,
): Pick<StackValidationPolicy, "validateStack"> &
    Pick<ResourceValidationPolicy, "validateResource"> {
    const asked = new Map<string, unknown>();
    return {
        ...(rule.remembers.length > 0 && {
            validateResource: ({ type, urn, props }) => {
                const kind = kindOfToken(type);
                if (kind && rule.remembers.includes(kind)) asked.set(urn, props);
            },
        }),
        validateStack: (args, report) => {
            const stack = new Stack(args.resources, asked);
            const objects = [...rule.judges.keys()].flatMap((kind) => stack.all(kind));
            if (objects.length > 0) judgeAll(rule, objects, args.getConfig(), report, stack);
        },
    };
}

/** Judges all that can be judged, then defers: the SDK makes the error an advisory of the preview. */
function judgeAll(
    rule: Rule,
    objects: readonly Found[],
    config: AnyValues,
    report: ReportViolation,
    stack?: Stack,
): void {
    const deferred: { error: Error; found: Found }[] = [];
    for (const found of objects) {
        const judge = rule.judges.get(found.kind);
        if (!judge) continue;
        try {
            if (config.exempt.length > 0 && isExempt(found.name, config.exempt)) continue;
            for (const finding of judge(found, config, stack)) {
                if (typeof finding === "string") report(finding, found.urn);
                else report(finding.message, finding.urn);
            }
        } catch (error) {
            if (error instanceof UnknownValueError) deferred.push({ error, found });
            else report(broken(rule, found, error), found.urn);
        }
    }
    const [first] = deferred;
    if (!first) return;
    if (stack) {
        first.error.message = deferred
            .map(
                ({ error, found: { urn } }) =>
                    `"${urn.split("::").slice(-1).join()}": ${error.message}`,
            )
            .join("; ");
    }
    throw first.error;
}

/** A rule that throws says so for the one object, and hides nothing of the others. */
function broken(rule: Rule, { urn }: Found, error: unknown): string {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return (
        `${rule.name} couldn't judge "${urn.split("::").slice(-1).join()}", so nothing vouches for it: ${what}. ` +
        "The object has a shape that the rule doesn't expect; correct it, or exempt it and report the rule."
    );
}
