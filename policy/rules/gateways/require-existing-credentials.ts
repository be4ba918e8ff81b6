import { texts } from "../../config";
import type { Found, Stack } from "../../found";
import { gatewayPodsOf } from "../../gateway-workloads";
import { namespacesMadeBy } from "../../hosts";
import type { Secret } from "../../kinds/kubernetes";
import { stackRule } from "../../rule";

/** Secrets of the stack, and those that cert-manager will write, which can't be looked into. For `stack.view`. */
function secretsOf(stack: Stack): ReadonlyMap<string, Found<"secret"> | undefined> {
    return new Map<string, Found<"secret"> | undefined>([
        ...stack
            .all("certificate")
            .map(({ namespace, object }): [string, undefined] => [
                `${namespace}/${object.spec?.secretName ?? ""}`,
                undefined,
            ]),
        ...stack.all("secret").map((found): [string, Found<"secret">] => [found.name, found]),
    ]);
}

/** Keys that a certificate may be under: Kubernetes' own, or Istio's generic ones. */
const pairs = [
    ["tls.crt", "tls.key"],
    ["cert", "key"],
] as const;

/** Whether a Secret holds a key. `in` doesn't read the value, which a preview may not know. */
function holds({ data, stringData }: Secret, key: string): boolean {
    return (data !== undefined && key in data) || (stringData !== undefined && key in stringData);
}

/** What is wrong with a named Secret; undefined if nothing is, or nothing can be told. */
function problem(
    name: string,
    namespace: string,
    external: readonly string[],
    stack: Stack,
): string | undefined {
    const full = `${namespace}/${name}`;
    // A Secret of another kind of issuer, with its own prefix.
    if (name.includes("://") || external.includes(full)) return undefined;
    const secrets = stack.view(secretsOf);
    const secret = secrets.get(full);
    if (secret) {
        return pairs.some((keys) => keys.every((key) => holds(secret.object, key)))
            ? undefined
            : `which has neither tls.crt and tls.key nor cert and key; put the certificate under these (IST0161)`;
    }
    if (secrets.has(full) || !stack.view(namespacesMadeBy).has(namespace)) return undefined;
    return (
        `which the stack doesn't make, though it makes namespace "${namespace}"; add the Secret or a ` +
        `Certificate, or list "${full}" in this rule's "external" (IST0101)`
    );
}

export const requireExistingCredentials = stackRule({
    name: "require-existing-credentials",
    displayName: "Certificates that gateways name exist",
    description:
        "Every Secret that a gateway's TLS names is in the stack, where the gateway looks for it, with a certificate.",
    why:
        "A gateway whose certificate is missing closes the connection in the handshake, and only istiod's log " +
        "says why. A Gateway of Istio's reads the Secret in the namespace of its pods, not in its own. Judged " +
        "are namespaces that the stack makes; a Certificate of cert-manager counts as its Secret.",
    severity: "high",
    enforcementLevel: "advisory",
    remediationSteps:
        "Make the Secret (tls.crt, tls.key) in the namespace of the gateway's pods, or list it in external if " +
        "another program or an operator does.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0161/",
    tags: ["gateways", "tls"],
    controls: { nist: ["SC-12", "SC-17"] },
    config: {
        external: texts("Secrets that are made elsewhere, as `namespace/name`.", []),
    },
    reads: [
        "secret",
        "certificate",
        "namespace",
        "pod",
        "deployment",
        "statefulSet",
        "daemonSet",
        "replicaSet",
        "job",
        "cronJob",
    ],
    judge: {
        *istioGateway(found, { external }, stack) {
            const pods = stack.view(gatewayPodsOf).get(found) ?? [];
            const namespaces = new Set(pods.map((pod) => pod.found.namespace));
            for (const [index, { tls }] of (found.object.spec?.servers ?? []).entries()) {
                const names = [tls?.credentialName, ...(tls?.credentialNames ?? [])];
                for (const name of names) {
                    for (const namespace of name === undefined || name === "" ? [] : namespaces) {
                        const wrong = problem(name ?? "", namespace, external, stack);
                        if (wrong === undefined) continue;
                        yield `${found.subject} names Secret "${namespace}/${name}" in spec.servers[${index}].tls, ${wrong}.`;
                    }
                }
            }
        },
        *gateway(found, { external }, stack) {
            for (const [index, { tls }] of (found.object.spec?.listeners ?? []).entries()) {
                for (const {
                    kind = "Secret",
                    name = "",
                    namespace = found.namespace,
                } of tls?.certificateRefs ?? []) {
                    const wrong = kind === "Secret" && problem(name, namespace, external, stack);
                    if (!wrong) continue;
                    yield `${found.subject} names Secret "${namespace}/${name}" in spec.listeners[${index}].tls, ${wrong}.`;
                }
            }
        },
    },
});
