import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const whole = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "1Gi" } };
const injector = (global: object, name = "istio-system/istio-sidecar-injector") =>
    object("configMap", name, { data: { values: JSON.stringify({ global }) } });
const config = (name = "istio-sidecar-injector") => `ConfigMap "istio-system/${name}"`;

export const table: RuleTable = {
    allowed: {
        "requests and a memory limit": injector({
            proxy: { resources: whole },
            waypoint: { resources: { ...whole, limits: { cpu: "2", memory: "1Gi" } } },
        }),
        "another ConfigMap": object("configMap", "shop/settings", { data: { values: "{}" } }),
        "an injector without values, as of a remote cluster": object(
            "configMap",
            "istio-system/istio-sidecar-injector",
            { data: {} },
        ),
    },
    denied: {
        "no resources at all": [
            injector({ waypoint: { resources: whole } }),
            [
                `${config()} gives sidecars no requests.cpu, no requests.memory, no limits.memory; ` +
                    "set global.proxy.resources.requests.cpu, global.proxy.resources.requests.memory, " +
                    "global.proxy.resources.limits.memory of the istiod chart.",
            ],
        ],
        "no memory limit, in a revision": [
            injector(
                {
                    proxy: {
                        resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2" } },
                    },
                    waypoint: { resources: { requests: { cpu: "1" }, limits: { memory: "1Gi" } } },
                },
                "istio-system/istio-sidecar-injector-canary",
            ),
            [
                `${config("istio-sidecar-injector-canary")} gives sidecars no limits.memory; ` +
                    "set global.proxy.resources.limits.memory of the istiod chart.",
                `${config("istio-sidecar-injector-canary")} gives waypoints no requests.memory; ` +
                    "set global.waypoint.resources.requests.memory of the istiod chart.",
            ],
        ],
    },
    unknown: {
        "values that aren't known yet": [
            object("configMap", "istio-system/istio-sidecar-injector", {
                data: { values: unknown.string },
            }),
            ["string value at .data.values can't be known during preview"],
        ],
    },
    config: {},
};
