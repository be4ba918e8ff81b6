import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const shop = object("namespace", "shop");
const web = object("service", "shop/web");
const policy = (kind: string, name: unknown, home = "shop") =>
    object("authorizationPolicy", `${home}/only`, { spec: { targetRefs: [{ kind, name }] } });
const missing = (kind: string, name: string, rest: string) =>
    `AuthorizationPolicy "shop/only" is for ${kind} "${name}", which the stack doesn't make, though it makes ` +
    `namespace "shop"; ${rest}.`;

export const table: RuleTable = {
    allowed: {
        "a Service of the namespace": [shop, web, policy("Service", "web")],
        "a waypoint": [shop, object("gateway", "shop/waypoint"), policy("Gateway", "waypoint")],
        "a ServiceEntry": [shop, object("serviceEntry", "shop/api"), policy("ServiceEntry", "api")],
        "a namespace of another stack": policy("Service", "web"),
        "every waypoint, from the root namespace": policy(
            "GatewayClass",
            "istio-waypoint",
            "istio-system",
        ),
        "no targets": [shop, object("authorizationPolicy", "shop/only", { spec: {} })],
    },
    denied: {
        "a misspelt Service": [
            [shop, web, policy("Service", "wbe")],
            [missing("Service", "wbe", 'there are "web"')],
        ],
        "a Service of another namespace": [
            [shop, object("service", "other/web"), policy("Service", "web")],
            [missing("Service", "web", "add it")],
        ],
        "a Gateway, by the older targetRef": [
            [
                shop,
                object("authorizationPolicy", "shop/only", {
                    spec: { targetRef: { kind: "Gateway", name: "waypoint" } },
                }),
            ],
            [missing("Gateway", "waypoint", "add it")],
        ],
        "a GatewayClass outside the root namespace": [
            [shop, policy("GatewayClass", "istio-waypoint")],
            [
                'AuthorizationPolicy "shop/only" is for GatewayClass "istio-waypoint", which counts in the root ' +
                    'namespace alone; move it to "istio-system".',
            ],
        ],
        "other policies": [
            [
                shop,
                ...(["requestAuthentication", "telemetry", "wasmPlugin"] as const).map((kind) =>
                    object(kind, "shop/only", {
                        spec: { targetRefs: [{ kind: "Service", name: "web" }] },
                    }),
                ),
            ],
            ["RequestAuthentication", "Telemetry", "WasmPlugin"].map((kind) =>
                missing("Service", "web", "add it").replace("AuthorizationPolicy", kind),
            ),
        ],
    },
    unknown: {
        "a target that isn't known yet": [
            [shop, web, policy("Service", unknown.string)],
            ['"only": string value at .spec.targetRefs.0.name can\'t be known during preview'],
        ],
    },
    config: {
        external: [
            {
                value: ["Service/shop/web"],
                objects: [shop, policy("Service", "web"), policy("Gateway", "web")],
                messages: [missing("Gateway", "web", "add it")],
            },
        ],
    },
};
