/** Changes of single objects that say where requests go. */
import { add, made, mark, set, without } from "./scenario";
import type { Scenario } from "./scenario";

const vs = "VirtualService cart";
const dr = "DestinationRule cart";
const edge = "Gateway edge";

export const trafficScenarios: readonly Scenario[] = [
    {
        change: "route: other weights",
        edit: set(vs, "spec.http[0].route[0].weight", 50),
        expected: ["traffic-shifted"],
    },
    {
        change: "route: a longer timeout",
        edit: set(vs, "spec.http[0].timeout", "10s"),
        expected: ["config-push"],
    },
    {
        change: "route: fewer retries",
        edit: set(vs, "spec.http[0].retries.attempts", 1),
        expected: ["config-push"],
    },
    {
        change: "route: a fault",
        edit: set(vs, "spec.http[0].fault", {
            delay: { fixedDelay: "1s", percentage: { value: 10 } },
        }),
        expected: ["config-push"],
    },
    {
        change: "route: a mirror",
        edit: set(vs, "spec.http[0].mirror", { host: "cart", subset: "v2" }),
        expected: ["config-push"],
    },
    {
        change: "route: only for one header",
        edit: set(vs, "spec.http[0].match", [{ headers: { beta: { exact: "yes" } } }]),
        expected: ["traffic-shifted"],
    },
    {
        change: "route: another host",
        edit: set(vs, "spec.hosts", ["basket"]),
        expected: ["traffic-shifted"],
    },
    { change: "route: a label", edit: mark(vs, "labels", "team", "shop"), expected: [] },
    { change: "route: given up", edit: without(vs), expected: ["traffic-shifted"] },
    {
        change: "route: a new one",
        edit: add(
            made("networking.istio.io/v1", "VirtualService", "frontend", {
                hosts: ["frontend"],
                http: [{ route: [{ destination: { host: "frontend" } }] }],
            }),
        ),
        expected: ["traffic-shifted"],
    },
    {
        change: "rule: TLS off",
        edit: set(dr, "spec.trafficPolicy.tls.mode", "DISABLE"),
        expected: ["security-weakened"],
    },
    {
        change: "rule: outlier detection",
        edit: set(dr, "spec.trafficPolicy.outlierDetection.consecutive5xxErrors", 3),
        expected: ["config-push"],
    },
    {
        change: "rule: a connection pool",
        edit: set(dr, "spec.trafficPolicy.connectionPool", { tcp: { maxConnections: 10 } }),
        expected: ["config-push"],
    },
    {
        change: "rule: another balancing",
        edit: set(dr, "spec.trafficPolicy.loadBalancer.simple", "ROUND_ROBIN"),
        expected: ["traffic-shifted"],
    },
    {
        change: "rule: one subset less",
        edit: set(dr, "spec.subsets", [{ name: "v1", labels: { version: "v1" } }]),
        expected: ["traffic-shifted"],
    },
    { change: "rule: given up", edit: without(dr), expected: ["traffic-shifted"] },
    {
        change: "server: TLS for anyone",
        edit: set("Gateway shop", "spec.servers[0].tls.mode", "SIMPLE"),
        expected: ["security-weakened"],
    },
    {
        change: "server: another host",
        edit: set("Gateway shop", "spec.servers[0].hosts", ["store.example.com"]),
        expected: ["traffic-shifted"],
    },
    {
        change: "server: given up",
        edit: without("Gateway shop"),
        expected: ["traffic-shifted", "connections-cut"],
    },
    {
        change: "outside host: another port",
        edit: set("ServiceEntry payments", "spec.ports[0].number", 8443),
        expected: ["traffic-shifted"],
    },
    {
        change: "outside host: given up",
        edit: without("ServiceEntry payments"),
        expected: ["traffic-shifted"],
    },
    {
        change: "scope: more hosts",
        edit: set("Sidecar default", "spec.egress[0].hosts", ["./*", "istio-system/*", "orders/*"]),
        expected: ["config-push"],
    },
    { change: "scope: given up", edit: without("Sidecar default"), expected: ["config-push"] },
    {
        change: "filter: a patch",
        edit: set("EnvoyFilter lua", "spec.priority", 10),
        expected: ["unclassified"],
    },
    { change: "filter: given up", edit: without("EnvoyFilter lua"), expected: ["unclassified"] },
    {
        change: "telemetry: no access log",
        edit: set("Telemetry default", "spec.accessLogging[0].disabled", true),
        expected: ["config-push"],
    },
    {
        change: "HTTPRoute: another weight",
        edit: set("HTTPRoute frontend", "spec.rules[0].backendRefs[0].weight", 50),
        expected: ["traffic-shifted"],
    },
    {
        change: "HTTPRoute: a longer timeout",
        edit: set("HTTPRoute frontend", "spec.rules[0].timeouts.request", "10s"),
        expected: ["config-push"],
    },
    {
        change: "edge: another host",
        edit: set(edge, "spec.listeners[0].hostname", "b.example.com"),
        expected: ["traffic-shifted"],
    },
    {
        change: "edge: given up",
        edit: without(edge),
        expected: ["traffic-shifted", "connections-cut", "irreversible"],
    },
];
