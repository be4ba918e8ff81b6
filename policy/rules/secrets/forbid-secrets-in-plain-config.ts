import { texts } from "../../config";
import type { Found } from "../../found";
import type { PodTemplate } from "../../kinds/kubernetes";
import { containersOf, onWorkloads, type WorkloadKind } from "../../pods";
import { type Finding, objectRule } from "../../rule";

/** What gives a secret away by its form, wherever it is. */
const forms: readonly (readonly [RegExp, string])[] = [
    [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, "a private key"],
    [/\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/, "a signed token"],
    [/\bAKIA[0-9A-Z]{16}\b/, "an access key"],
    [/\bclient-key-data:\s*[\w+/=]{20,}/, "a kubeconfig's client key"],
    [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"'{}$]+:[^\s/@"'{}$]+@/, "a URL with a password"],
];

/** What a text holds that must stay secret. */
function secretIn(value: string): string | undefined {
    return forms.find(([form]) => form.test(value))?.[1];
}

/** Whether a name ends in a word that stands for secrets, and its value isn't where to find one. */
function isNamedSecret(name: string, value: string, endings: readonly string[]): boolean {
    const last = name.toUpperCase().replace(/[-.]/g, "_");
    const named = endings.some((ending) => last === ending || last.endsWith(`_${ending}`));
    // A path, a reference to another variable, a switch or a number isn't one.
    return named && !/^$|^\/|^\$|^(true|false|enabled|disabled|none|null|\d+)$/i.test(value.trim());
}

function said(subject: string, what: string, place: string): string {
    return (
        `${subject} holds ${what} in ${place}, in plain text for every reader; move it to a Secret, and change it: ` +
        "it has been read."
    );
}

function* judgePods(
    { subject }: Found<WorkloadKind>,
    template: PodTemplate,
    { names }: { names: readonly string[] },
): Generator<Finding> {
    for (const { name: container = "", env = [], args = [] } of containersOf(template)) {
        for (const { name = "", value } of env) {
            if (value === undefined) continue;
            const what =
                secretIn(value) ?? (isNamedSecret(name, value, names) ? "a secret" : undefined);
            if (what !== undefined)
                yield said(subject, what, `env ${name} of container "${container}"`);
        }
        for (const argument of args) {
            const what = secretIn(argument);
            if (what !== undefined)
                yield said(subject, what, `an argument of container "${container}"`);
        }
    }
}

export const forbidSecretsInPlainConfig = objectRule({
    name: "forbid-secrets-in-plain-config",
    displayName: "Secrets are in Secrets",
    description:
        "No ConfigMap, environment variable or mesh setting holds a key, a token or a password in plain text.",
    why:
        "ConfigMaps and pod specs are readable for many who may not read Secrets; they end up in backups, in " +
        "logs and in Pulumi's state without encryption. Judged are forms that give a secret away, and variables " +
        "whose name does. The message never repeats the value.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Put the value into a Secret from a Pulumi secret (pulumi config set --secret), refer to it by valueFrom " +
        "or a volume, and replace the one that was exposed.",
    url: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
    tags: ["secrets", "security"],
    controls: { nist: ["SC-28", "IA-5"], pci: ["8.6.2"] },
    config: {
        names: texts(
            "Last words of names that stand for secrets, in capitals, such as DB_PASSWORD.",
            [
                "PASSWORD",
                "PASSWD",
                "SECRET",
                "TOKEN",
                "API_KEY",
                "APIKEY",
                "ACCESS_KEY",
                "PRIVATE_KEY",
                "CLIENT_SECRET",
            ],
        ),
    },
    judge: {
        *configMap({ subject, object: { data } }, { names }) {
            // By key, since a value may be unknown as yet: what was found before it stays.
            for (const key of Object.keys(data ?? {})) {
                const value = data?.[key] ?? "";
                const what =
                    secretIn(value) ?? (isNamedSecret(key, value, names) ? "a secret" : undefined);
                if (what !== undefined) yield said(subject, what, `data["${key}"]`);
            }
        },
        *istio({ subject, object: { spec } }, { names }) {
            const env = spec?.values?.pilot?.env ?? {};
            for (const name of Object.keys(env)) {
                const value = env[name] ?? "";
                const what =
                    secretIn(value) ?? (isNamedSecret(name, value, names) ? "a secret" : undefined);
                if (what !== undefined) yield said(subject, what, `spec.values.pilot.env.${name}`);
            }
        },
        ...onWorkloads(judgePods),
    },
});
