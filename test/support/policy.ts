/** Runs a rule as the policy SDK does: proxies that refuse unknowns, defaults from the schema. */
import type { PolicyResource, ResourceValidation, ResourceValidationArgs } from "@pulumi/policy";
import type { MeshRule } from "../../policy/rule";
import { unknownCheckingProxy, UnknownValueError } from "../../policy/unknown";

/** A resource as a table states it: type token, name and properties. */
export interface Fixture {
    type: string;
    name: string;
    /** Inputs, as a resource policy gets them. */
    props: object;
    /** Outputs, as a stack policy gets them; the inputs where the server adds nothing. */
    outputs?: object;
}

/** What a rule said. */
export interface Verdict {
    violations: string[];
    /** Why the SDK would report that it couldn't run in this preview. */
    deferred: string[];
}

/** The SDK's stand-in for a number that a preview can't know (`proxy.ts`, `unknownNumberValue`). */
export const unknownNumber = "3eeb2bf0-c639-47a8-9e75-3b44932eb421" as unknown as number;

/** The SDK's stand-in for a string that a preview can't know (`proxy.ts`, `unknownStringValue`). */
export const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

class NotApplicable extends Error {}

const opts: ResourceValidationArgs["opts"] = {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
};

function seen({ type, name }: Fixture, props: object) {
    return {
        type,
        name,
        urn: `urn:pulumi:test::istio-mesh::${type}::${name}`,
        props: unknownCheckingProxy(structuredClone(props)),
        opts,
        // No rule may ask by class: that would load the whole SDK into the pack.
        isType: () => false,
        asType: () => undefined,
    };
}

/** Judges resources by one rule: each alone, then all together, in the engine's order. */
export async function judge(
    rule: MeshRule,
    fixtures: Fixture[],
    config: object = {},
): Promise<Verdict> {
    const verdict: Verdict = { violations: [], deferred: [] };
    const report = (message: string) => {
        verdict.violations.push(message);
    };
    const defaults = Object.fromEntries(
        Object.entries(rule.configSchema.properties).map(([key, schema]) => [key, schema.default]),
    );
    const shared = {
        stackTags: new Map<string, string>(),
        getConfig: () => ({ ...defaults, ...config }) as never,
        notApplicable: (reason?: string): never => {
            throw new NotApplicable(reason);
        },
    };
    const attempt = async (run: () => Promise<void> | void) => {
        try {
            await run();
        } catch (error) {
            if (error instanceof UnknownValueError) verdict.deferred.push(error.message);
            else if (!(error instanceof NotApplicable)) throw error;
        }
    };
    const validations: ResourceValidation[] =
        "validateResource" in rule ? [rule.validateResource].flat() : [];
    for (const fixture of fixtures) {
        for (const validate of validations) {
            await attempt(() => validate({ ...shared, ...seen(fixture, fixture.props) }, report));
        }
    }
    if ("validateStack" in rule) {
        const resources = fixtures.map((fixture): PolicyResource => ({
            ...seen(fixture, fixture.outputs ?? fixture.props),
            dependencies: [],
            propertyDependencies: {},
        }));
        await attempt(() => rule.validateStack({ ...shared, resources }, report));
    }
    return verdict;
}
