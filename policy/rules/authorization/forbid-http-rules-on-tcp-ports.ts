import type { Found, Stack } from "../../found";
import type { AuthorizationRule } from "../../kinds/istio-security";
import type { ServicePort } from "../../kinds/kubernetes";
import { holdsFor, rootNamespacesOf, targetsOf } from "../../policy-scope";
import { isOpaque, protocolOf } from "../../protocols";
import { stackRule } from "../../rule";

/** The first field of a rule that only a request has; undefined where connections are enough. */
function httpField({ from = [], to = [], when = [] }: AuthorizationRule): string | undefined {
    const fields = [
        ...from.flatMap(({ source }) => Object.keys(source ?? {})),
        ...to.flatMap(({ operation }) => Object.keys(operation ?? {})),
    ];
    const http = /^(not)?(request|Request)Principals$|^(not)?(host|Host|method|Method|path|Path)s$/;
    return (
        fields.find((field) => http.test(field)) ??
        when.map(({ key = "" }) => key).find((key) => key.startsWith("request."))
    );
}

/** Services whose pods a policy holds for. */
function servicesOf(found: Found<"authorizationPolicy">, stack: Stack): Found<"service">[] {
    const { spec } = found.object;
    const targets = targetsOf(spec);
    const roots = stack.view(rootNamespacesOf);
    const services = roots.has(found.namespace)
        ? stack.all("service")
        : stack.in("service", found.namespace);
    return services.filter(({ namespace, shortName, object }) => {
        const labels = object.spec?.selector;
        if (targets.length > 0) {
            return (
                namespace === found.namespace &&
                targets.some(({ kind, name }) => kind === "Service" && name === shortName)
            );
        }
        return labels !== undefined && holdsFor(found, spec, { namespace, labels }, roots);
    });
}

/** Whether an operation of the rule speaks of the port, which a policy names as the pod's. */
function covers({ to = [] }: AuthorizationRule, { port, targetPort }: ServicePort): boolean {
    const number = String(targetPort ?? port);
    return (
        to.length === 0 ||
        to.some(({ operation = {} }) => {
            const { ports = [], notPorts = [] } = operation;
            return (ports.length === 0 || ports.includes(number)) && !notPorts.includes(number);
        })
    );
}

export const forbidHttpRulesOnTcpPorts = stackRule({
    name: "forbid-http-rules-on-tcp-ports",
    displayName: "HTTP rules aren't laid on TCP ports",
    description: "No AuthorizationPolicy with HTTP fields holds for a port that isn't HTTP.",
    why:
        "On a TCP port there are no methods or paths. istiod drops such a rule of an ALLOW policy, so every " +
        "connection is refused; in a DENY policy it drops the field alone, so that more is refused than " +
        "what was written.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Limit the rule to the HTTP ports by to.operation.ports, write one of its own for the TCP port " +
        "(principals, namespaces, ipBlocks, ports), or name the Service's port for HTTP if it is.",
    url: "https://istio.io/latest/docs/tasks/security/authorization/authz-tcp/",
    tags: ["authorization", "security", "protocols"],
    controls: { nist: ["AC-3"] },
    reads: ["service", "deployment", "istio", "configMap"],
    judge: {
        *authorizationPolicy(found, _, stack) {
            const action = found.object.spec?.action ?? "ALLOW";
            const effect =
                action === "ALLOW"
                    ? "so every connection is refused"
                    : "so more is refused than it says";
            for (const [index, rule] of (found.object.spec?.rules ?? []).entries()) {
                const field = httpField(rule);
                if (field === undefined || (action !== "ALLOW" && action !== "DENY")) continue;
                for (const service of servicesOf(found, stack)) {
                    for (const port of service.object.spec?.ports ?? []) {
                        const protocol = protocolOf(port);
                        if (!isOpaque(protocol) || !covers(rule, port)) continue;
                        yield (
                            `${found.subject} has ${field} in spec.rules[${index}], but port ${port.port} of ` +
                            `${service.subject} is ${protocol}, ${effect}; limit the rule to HTTP ports.`
                        );
                    }
                }
            }
        },
    },
});
