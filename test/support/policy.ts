/** Runs a rule as the policy SDK does: proxies that refuse unknowns, defaults from the schema. */
import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import { kinds, type KindName } from "../../policy/kinds";
import { toPolicy } from "../../policy/policies";
import type { Rule } from "../../policy/rule";
import { unknownCheckingProxy, UnknownValueError } from "../../policy/unknown";

/** A Kubernetes object, as its YAML says it. */
export interface Manifest {
    readonly apiVersion: string;
    readonly kind: string;
    readonly metadata?: object;
}

/** A resource as a table states it, where a manifest isn't enough. */
export interface Fixture {
    readonly type: string;
    readonly name: string;
    /** Inputs, as a resource policy gets them. */
    readonly props: object;
    /** Outputs, as a stack policy gets them; the inputs where the server adds nothing. */
    readonly outputs?: object;
    /** The resource option `protect`. */
    readonly protect?: boolean;
    /** Names of the resources that it depends on. */
    readonly dependsOn?: readonly string[];
    /** Name of the component that it is in. */
    readonly parent?: string;
}

export type Given = Manifest | Fixture;

/** What a rule said. */
export interface Verdict {
    violations: string[];
    /** Why the SDK would report that it couldn't run in this preview. */
    deferred: string[];
}

/** The SDK's stand-ins for values that a preview can't know, by their type (`proxy.ts`). */
export const unknown = {
    string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" as unknown as number,
    boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7" as unknown as boolean,
    list: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2" as unknown as [],
    object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff" as unknown as object,
};

/**
 * An object of a kind, in its newest version: `object("service", "shop/web", { spec })`.
 *
 * @param name `namespace/name`, or the name alone for what lives in no namespace
 * @param rest everything but the name; `metadata` is laid over it
 */
export function object(
    kind: KindName,
    name: string,
    { metadata, ...rest }: { metadata?: object; [field: string]: unknown } = {},
): Manifest {
    const { group, version, kind: named } = kinds[kind];
    const [first = "", second] = name.split("/");
    return {
        apiVersion: group === "core" ? version : `${group}/${version}`,
        kind: named,
        metadata: {
            ...(second === undefined ? { name: first } : { namespace: first, name: second }),
            ...metadata,
        },
        ...rest,
    };
}

/** The object as the program asks for it, and as the API server gives it back. */
export function served(asked: Manifest, outputs: Manifest): Fixture {
    return { ...fixture(asked), outputs };
}

/** The object, with the resource option `protect`. */
export function protectedFromDelete(given: Manifest): Fixture {
    return { ...fixture(given), protect: true };
}

/** The resource that an object is. */
export function fixture(given: Given): Fixture {
    if ("props" in given) return given;
    const { apiVersion, kind, metadata = {} } = given;
    const group = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
    const name = "name" in metadata ? String(metadata.name) : "unnamed";
    return { type: `kubernetes:${group}:${kind}`, name, props: given };
}

class NotApplicable extends Error {}

const opts: ResourceValidationArgs["opts"] = {
    protect: false,
    ignoreChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
};

const urnOf = ({ type, name }: Fixture) => `urn:pulumi:test::istio-mesh::${type}::${name}`;

/** A resource as the SDK hands it to a policy. */
export function seen(one: Fixture, props = one.props) {
    const { type, name, protect = false } = one;
    return {
        type,
        name,
        urn: urnOf(one),
        props: unknownCheckingProxy(structuredClone(props)),
        opts: { ...opts, protect },
        // No rule may ask by class: that would load the whole SDK into the pack.
        isType: () => false,
        asType: () => undefined,
    };
}

function sharedArgs(rule: Rule, config: object) {
    const defaults = Object.fromEntries(
        Object.entries(rule.settings).map(([key, setting]) => [key, setting.default]),
    );
    return {
        stackTags: new Map<string, string>(),
        getConfig: () => ({ ...defaults, ...config }) as never,
        notApplicable: (reason?: string): never => {
            throw new NotApplicable(reason);
        },
    };
}

/** Judges resources by one rule: each alone, then all together, in the engine's order. */
export async function judge(
    rule: Rule,
    given: Given | readonly Given[],
    config: object = {},
): Promise<Verdict> {
    const fixtures = [given].flat().map((one) => fixture(one));
    const verdict: Verdict = { violations: [], deferred: [] };
    const policy = toPolicy(rule);
    const report = (message: string) => {
        verdict.violations.push(message);
    };
    const shared = sharedArgs(rule, config);
    const attempt = async (run: () => Promise<void> | void) => {
        try {
            await run();
        } catch (error) {
            if (error instanceof UnknownValueError) verdict.deferred.push(error.message);
            else if (!(error instanceof NotApplicable)) throw error;
        }
    };
    if ("validateResource" in policy) {
        for (const one of fixtures) {
            for (const validate of [policy.validateResource ?? []].flat()) {
                await attempt(() => validate({ ...shared, ...seen(one) }, report));
            }
        }
    }
    if ("validateStack" in policy) {
        const resources = fixtures.map((one): PolicyResource => ({
            ...seen(one, one.outputs),
            dependencies: [],
            propertyDependencies: {},
        }));
        for (const [index, { dependsOn = [], parent }] of fixtures.entries()) {
            const resource = resources[index];
            const component = resources.find(({ name }) => name === parent);
            if (component) Object.assign(resource ?? {}, { parent: component });
            resource?.dependencies.push(
                ...resources.filter(({ name }) => dependsOn.includes(name)),
            );
        }
        await attempt(() => policy.validateStack({ ...shared, resources }, report));
    }
    return verdict;
}

/** What the rule makes of an object at the level `remediate`; undefined if it leaves it alone. */
export async function remediated(
    rule: Rule,
    given: Given,
    config: object = {},
): Promise<object | undefined> {
    const policy = toPolicy(rule);
    const mend = "remediateResource" in policy ? policy.remediateResource : undefined;
    const one = fixture(given);
    const args = { ...sharedArgs(rule, config), ...seen(one) };
    const result = (await mend?.(args)) as object | undefined;
    return result && structuredClone(unproxied(result));
}

/** The object behind the SDK's proxy, as the SDK itself takes it out before it answers. */
function unproxied(proxy: object): object {
    return (proxy as { __getSpecialProxyTarget: object }).__getSpecialProxyTarget;
}
