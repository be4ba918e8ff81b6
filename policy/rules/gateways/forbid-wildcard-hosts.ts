import { flag } from "../../config";
import { objectRule } from "../../rule";

/** The host of a server: `shop/*` is namespace and host. */
function hostOf(host: string): string {
    return host.slice(host.indexOf("/") + 1);
}

const inner = ["istio-waypoint", "istio-agentgateway-waypoint", "istio-east-west", "istio-remote"];

export const forbidWildcardHosts = objectRule({
    name: "forbid-wildcard-hosts",
    displayName: "Gateways and routes name their hosts",
    description: "No Gateway and no VirtualService claims every host.",
    why:
        'A gateway that takes "*" lets any namespace that may attach a route claim any host name, and answers ' +
        "requests that were meant for nobody; a VirtualService for * catches what others forgot. A Gateway of " +
        "the Gateway API often leaves host names to its routes, so its listeners are judged only where the " +
        "team asks.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Name the hosts (shop.example.com, or *.example.com for a domain), in a Gateway of Istio's with the " +
        "namespace that may claim them: shop/shop.example.com.",
    url: "https://istio.io/latest/docs/ops/best-practices/security/#avoid-overly-broad-hosts-configurations",
    tags: ["gateways", "traffic", "security"],
    controls: { nist: ["SC-7", "AC-4"] },
    config: {
        domains: flag("Whether a wildcard below a domain is allowed, such as *.example.com.", true),
        listeners: flag("Whether listeners of the Gateway API must have a hostname, too.", false),
    },
    judge: {
        *istioGateway({ subject, object: { spec } }, { domains }) {
            for (const [index, { hosts = [], tls }] of (spec?.servers ?? []).entries()) {
                // Between clusters the server name says which service is meant; *.local takes only those.
                if (tls?.mode === "AUTO_PASSTHROUGH") continue;
                for (const host of hosts) {
                    const name = hostOf(host);
                    if (name === "*" || (!domains && name.startsWith("*"))) {
                        yield `${subject} takes "${host}" in spec.servers[${index}].hosts; name the hosts.`;
                    }
                }
            }
        },
        *virtualService({ subject, object: { spec } }, { domains }) {
            for (const host of spec?.hosts ?? []) {
                if (host === "*" || (!domains && host.startsWith("*"))) {
                    yield `${subject} takes "${host}" in spec.hosts; name the hosts.`;
                }
            }
        },
        *gateway({ subject, object: { spec } }, { domains, listeners }) {
            if (inner.includes(spec?.gatewayClassName ?? "")) return;
            for (const [index, { hostname }] of (spec?.listeners ?? []).entries()) {
                if (hostname === undefined ? listeners : !domains && hostname.startsWith("*")) {
                    const given = hostname === undefined ? "every host" : `"${hostname}"`;
                    yield `${subject} takes ${given} in spec.listeners[${index}].hostname; name the host.`;
                }
            }
        },
        *httpRoute({ subject, object: { spec } }, { domains }) {
            for (const host of spec?.hostnames ?? []) {
                if (!domains && host.startsWith("*")) {
                    yield `${subject} takes "${host}" in spec.hostnames; name the hosts.`;
                }
            }
        },
    },
});
