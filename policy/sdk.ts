/**
 * Two things that the policy SDK leaves no room for, done where it calls through its own modules:
 *
 * - A level file is checked as a whole, before the preview starts. The SDK hands each policy its own
 *   config only, and only while it judges, so nobody would see a misspelt rule name.
 * - A resource is deserialized once, not once per policy: with all rules of the pack, that would be
 *   most of the time it takes.
 *
 * Without the second the pack judges the same, only slower.
 */
import * as deserialization from "@pulumi/policy/deserialize";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { type Entry, levelProblems } from "./levels";
import type { Rule } from "./rule";

/** The part of the SDK's modules that their declarations leave out. */
interface Deserialization {
    deserializeProperties: (struct: object, proxySecrets: boolean) => object;
}

interface Policies {
    entries: () => Iterable<
        [
            string,
            {
                getEnforcementlevel: () => number;
                getProperties: () => { toJavaScript: () => Record<string, unknown> } | undefined;
            },
        ]
    >;
}

interface ConfigureRequest {
    getPolicyconfigMap: () => Policies;
}

/** Makes the SDK deserialize each message's properties once. */
export function shareDeserialized(): void {
    const module = deserialization as unknown as Deserialization;
    const original = module.deserializeProperties;
    const shared = new WeakMap<object, object>();
    module.deserializeProperties = (struct, proxySecrets) => {
        // With secrets it is for a remediation, which writes to what it gets.
        if (proxySecrets) return original(struct, proxySecrets);
        const known = shared.get(struct);
        if (known) return known;
        const properties = original(struct, proxySecrets);
        shared.set(struct, properties);
        return properties;
    };
}

/** Makes the engine refuse a level file with problems, all of them at once, before anything runs. */
export function checkLevels(rules: readonly Rule[]): void {
    const { configure } = AnalyzerService as unknown as {
        configure: { requestDeserialize: (bytes: Buffer) => ConfigureRequest };
    };
    const original = configure.requestDeserialize;
    configure.requestDeserialize = (bytes) => {
        const request = original(bytes);
        const problems = levelProblems(rules, entriesOf(request));
        if (problems.length > 0) {
            // Thrown where the SDK reads the request, so that it answers the engine with this text.
            request.getPolicyconfigMap = () => {
                throw readable(problems);
            };
        }
        return request;
    };
}

function entriesOf(request: ConfigureRequest): Map<string, Entry> {
    return new Map(
        [...request.getPolicyconfigMap().entries()].map(([name, config]) => [
            name,
            {
                enforcementLevel: levelNames[config.getEnforcementlevel()] ?? "",
                values: config.getProperties()?.toJavaScript() ?? {},
            },
        ]),
    );
}

const levelNames: Readonly<Record<number, string>> = {
    [EnforcementLevel.ADVISORY]: "advisory",
    [EnforcementLevel.MANDATORY]: "mandatory",
    [EnforcementLevel.REMEDIATE]: "remediate",
    [EnforcementLevel.DISABLED]: "disabled",
};

function readable(problems: readonly string[]): Error {
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    const error = new Error(
        `The policy pack's config has ${count}; nothing was changed.\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
    );
    // The SDK sends the stack, which would bury the message in frames of the pack.
    error.stack = error.message;
    return error;
}
