import { objectRule } from "../../rule";
import type { MeshValues, ResourceValues } from "../../kinds/sail";

/** What proxies get that say nothing themselves: the values that the injector fills its templates with. */
const proxies: [string, (values: MeshValues) => ResourceValues | undefined][] = [
    ["sidecars", ({ global }) => global?.proxy?.resources],
    ["waypoints", ({ global }) => global?.waypoint?.resources],
];
const fields = { sidecars: "global.proxy.resources", waypoints: "global.waypoint.resources" };

const required: [string, (resources: ResourceValues | undefined) => string | number | undefined][] =
    [
        ["requests.cpu", (resources) => resources?.requests?.["cpu"]],
        ["requests.memory", (resources) => resources?.requests?.["memory"]],
        ["limits.memory", (resources) => resources?.limits?.["memory"]],
    ];

export const requireProxyResources = objectRule({
    name: "require-proxy-resources",
    displayName: "Proxies get requests and a memory limit",
    description:
        "istiod gives every sidecar and waypoint requests for CPU and memory and a limit for memory.",
    why:
        "The injector adds the same proxy to every pod. Without requests the scheduler counts none of " +
        "them, and nodes fill up; without a memory limit, one proxy that is told of too many services, or " +
        "is fed large requests, takes the node's memory from its neighbours. A CPU limit isn't demanded: " +
        "it also sets how many threads the proxy runs.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set global.proxy.resources and global.waypoint.resources of the istiod chart with requests.cpu, " +
        "requests.memory and limits.memory; the chart's own defaults have all three.",
    url: "https://istio.io/latest/docs/ops/deployment/performance-and-scalability/",
    tags: ["resources", "sidecars", "waypoints"],
    controls: { nist: ["SC-5", "SC-6"] },
    judge: {
        *configMap({ shortName, subject, object: { data } }) {
            if (!/^istio-sidecar-injector(-|$)/.test(shortName)) return;
            const text = data?.["values"];
            if (text === undefined) return;
            const values = JSON.parse(text) as MeshValues;
            for (const [role, read] of proxies) {
                const resources = read(values);
                const missing = required
                    .filter(([, value]) => value(resources) === undefined)
                    .map(([name]) => name);
                if (missing.length > 0) {
                    const field = fields[role as keyof typeof fields];
                    yield (
                        `${subject} gives ${role} no ${missing.join(", no ")}; ` +
                        `set ${missing.map((name) => `${field}.${name}`).join(", ")} of the istiod chart.`
                    );
                }
            }
        },
    },
});
