import { type Fixture, object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const namespace = (labels?: Record<string, string>, name = "shop") =>
    object("namespace", name, labels ? { metadata: { labels } } : {});

const none = (name: string) =>
    `Namespace "${name}" has no data plane label; set one of istio-injection=enabled, ` +
    "istio.io/rev=<revision or tag>, istio.io/dataplane-mode=ambient, or opt out with " +
    "istio-injection=disabled or istio.io/dataplane-mode=none.";
const wrong = (label: string, allowed: string) =>
    `Namespace "shop" has ${label}, which Istio doesn't know; set it to ${allowed}.`;
const twice = (both: string, outcome: string) =>
    `Namespace "shop" has ${both}: ${outcome}; keep exactly one.`;

const injectionValues = '"enabled" or "disabled"';
const modeValues = '"ambient" or "none"';
const injectionWins = "istio-injection wins and the revision is ignored";
const sidecarWins = "pods get a sidecar and ambient passes them over";

const foreign: Fixture = { type: "other:core/v1:Namespace", name: "n", props: {} };

export const table: RuleTable = {
    allowed: {
        "sidecars by injection": namespace({ "istio-injection": "enabled" }),
        "sidecars by revision": namespace({ "istio.io/rev": "canary" }),
        ambient: namespace({ "istio.io/dataplane-mode": "ambient" }),
        "out by injection": namespace({ "istio-injection": "disabled" }),
        "out by mode": namespace({ "istio.io/dataplane-mode": "none" }),
        "other labels beside the one": namespace({
            "istio.io/dataplane-mode": "ambient",
            "istio.io/use-waypoint": "waypoint",
            "pod-security.kubernetes.io/enforce": "baseline",
        }),
        "a namespace of the mesh itself": namespace(undefined, "istio-system"),
        "another kind": object("secret", "shop/s"),
        "another provider's Namespace": foreign,
    },

    denied: {
        "no labels": [namespace(), [none("shop")]],
        "labels, but none that decides": [namespace({ team: "a" }), [none("shop")]],
        "the namespace where pods land by accident": [namespace({}, "default"), [none("default")]],
        "a boolean for injection": [
            namespace({ "istio-injection": "true" }),
            [wrong('istio-injection="true"', injectionValues)],
        ],
        "injection in capitals": [
            namespace({ "istio-injection": "Enabled" }),
            [wrong('istio-injection="Enabled"', injectionValues)],
        ],
        "an unknown mode": [
            namespace({ "istio.io/dataplane-mode": "sidecar" }),
            [wrong('istio.io/dataplane-mode="sidecar"', modeValues)],
        ],
        "an empty revision": [
            namespace({ "istio.io/rev": "" }),
            [wrong('istio.io/rev=""', "the name of a revision or tag")],
        ],
        "injection and a revision": [
            namespace({ "istio-injection": "enabled", "istio.io/rev": "canary" }),
            [twice("istio-injection=enabled and istio.io/rev=canary", injectionWins)],
        ],
        "no injection and a revision": [
            namespace({ "istio-injection": "disabled", "istio.io/rev": "canary" }),
            [twice("istio-injection=disabled and istio.io/rev=canary", injectionWins)],
        ],
        "injection and ambient": [
            namespace({ "istio-injection": "enabled", "istio.io/dataplane-mode": "ambient" }),
            [twice("istio-injection=enabled and istio.io/dataplane-mode=ambient", sidecarWins)],
        ],
        "a revision and ambient": [
            namespace({ "istio.io/rev": "canary", "istio.io/dataplane-mode": "ambient" }),
            [twice("istio.io/rev=canary and istio.io/dataplane-mode=ambient", sidecarWins)],
        ],
        "out of one and into the other": [
            namespace({ "istio-injection": "disabled", "istio.io/dataplane-mode": "ambient" }),
            [
                twice(
                    "istio-injection=disabled and istio.io/dataplane-mode=ambient",
                    "one opts out and the other opts in",
                ),
            ],
        ],
        "injection, and out of ambient": [
            namespace({ "istio-injection": "enabled", "istio.io/dataplane-mode": "none" }),
            [
                twice(
                    "istio-injection=enabled and istio.io/dataplane-mode=none",
                    "the choice is made twice",
                ),
            ],
        ],
        "every offence at once": [
            namespace({ "istio-injection": "true", "istio.io/dataplane-mode": "on" }),
            [
                wrong('istio-injection="true"', injectionValues),
                wrong('istio.io/dataplane-mode="on"', modeValues),
                twice(
                    "istio-injection=true and istio.io/dataplane-mode=on",
                    "the choice is made twice",
                ),
            ],
        ],
    },
    unknown: {
        "a label whose value a preview can't know": [
            namespace({ "istio.io/rev": unknown.string }),
            ["string value at .metadata.labels.istio.io/rev can't be known during preview"],
        ],
    },
    config: {
        system: [
            {
                value: ["platform"],
                objects: [namespace({}, "platform"), namespace({}, "istio-system")],
                messages: [none("istio-system")],
            },
        ],
    },
};
