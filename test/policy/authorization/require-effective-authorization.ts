import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const policy = (name: string, spec?: object) =>
    object("authorizationPolicy", `shop/${name}`, { spec });
const said = (name: string, rest: string) => `AuthorizationPolicy "shop/${name}" ${rest}`;
const idle = (action: string, code = " (IST0106)") =>
    said(
        "cart",
        `has action ${action} but no rules, so it never triggers; ` +
            `add rules, [{}] for every request, or remove the policy${code}.`,
    );
const nobody = said(
    "cart",
    "has action CUSTOM but no provider.name, so there is nobody to ask; name one of " +
        "meshConfig.extensionProviders (IST0106).",
);

export const table: RuleTable = {
    allowed: {
        "allow nothing": policy("allow-nothing", {}),
        "a default deny by any other name": policy("default-deny"),
        "deny all": policy("cart", { action: "DENY", rules: [{}] }),
        "ask a provider": policy("cart", {
            action: "CUSTOM",
            provider: { name: "opa" },
            rules: [{}],
        }),
        "a target": policy("cart", {
            targetRefs: [{ kind: "Service", name: "cart" }],
            rules: [{}],
        }),
    },
    denied: {
        "DENY without rules": [policy("cart", { action: "DENY" }), [idle("DENY")]],
        "AUDIT with no rule in the list": [
            policy("cart", { action: "AUDIT", rules: [] }),
            [idle("AUDIT", "")],
        ],
        "CUSTOM without anything": [policy("cart", { action: "CUSTOM" }), [idle("CUSTOM"), nobody]],
        "CUSTOM that asks nobody": [
            policy("cart", { action: "CUSTOM", provider: {}, rules: [{}] }),
            [nobody],
        ],
        "a provider that isn't asked": [
            policy("cart", { provider: { name: "opa" }, rules: [{}] }),
            [
                said(
                    "cart",
                    'has provider "opa" but action ALLOW, which asks none; set the action to CUSTOM or remove ' +
                        "the provider (IST0106).",
                ),
            ],
        ],
        "an allowance that allows nothing": [
            policy("allow-frontend", { action: "ALLOW" }),
            [
                said(
                    "allow-frontend",
                    "has no rules, so it allows nothing whatever its name says; add rules, [{}] for every " +
                        "request, or name it allow-nothing.",
                ),
            ],
        ],
        "a selector and a target": [
            policy("cart", {
                selector: {},
                targetRef: { kind: "Service", name: "cart" },
                rules: [{}],
            }),
            [
                said(
                    "cart",
                    "has both selector and targetRefs, of which istiod takes one only; keep targetRefs for " +
                        "waypoints and gateways, selector for sidecars and ztunnel (IST0106).",
                ),
            ],
        ],
    },
    unknown: {
        "an action that a preview can't know": [
            policy("cart", { action: unknown.string }),
            ["string value at .spec.action can't be known during preview"],
        ],
    },
    config: {},
};
