/**
 * Istio's objects that say who may speak to whom, and how it is proved.
 * @see https://istio.io/latest/docs/reference/config/security/
 */
import { listAt, same, textAt, treeAt } from "../events/tree";
import type { Tree, Value } from "../events/tree";
import { updates, when } from "./rows";
import type { Condition, Row } from "./rows";

function rulesOf(policy: Tree): readonly Value[] {
    return listAt(policy, ["spec", "rules"]);
}

/** The action of an AuthorizationPolicy; ALLOW unless it says otherwise. */
function actionOf(policy: Tree): string {
    return textAt(policy, ["spec", "action"]) ?? "ALLOW";
}

/** Whether some rule of `a` isn't among those of `b`. */
function hasOthers(a: readonly Value[], b: readonly Value[]): boolean {
    return a.some((rule) => !b.some((other) => same(rule, other)));
}

const letsMoreIn: Condition = {
    says: "and ALLOW has a new rule, or DENY has lost one",
    holds: ({ before, after }) => {
        const [old, now] = [rulesOf(before), rulesOf(after)];
        return actionOf(after) === "ALLOW" ? hasOthers(now, old) : hasOthers(old, now);
    },
};

/** An ALLOW policy without rules matches nothing, and so refuses everything. */
const refuses: Condition = {
    says: "and it allows nothing, or denies",
    holds: ({ after }) => actionOf(after) !== "AUDIT",
};

const wasStrict: Condition = {
    says: "and it asked for STRICT",
    holds: ({ before }) => JSON.stringify(treeAt(before, ["spec"])).includes('"mode":"STRICT"'),
};

const disables: Condition = {
    says: "and it says DISABLE or PERMISSIVE",
    holds: ({ after }) => /"mode":"(DISABLE|PERMISSIVE)"/.test(JSON.stringify(after)),
};

export const security: readonly Row[] = [
    ...updates("istio PeerAuthentication", [
        [
            "spec.selector.**",
            ["traffic-shifted", "security-weakened"],
            "Other workloads ask for mTLS than before.",
        ],
        ["spec.**", "security-weakened", "Plaintext is accepted.", disables],
        ["spec.**", "security-weakened", "mTLS is no longer asked for here.", wasStrict],
        [
            "spec.**",
            "traffic-shifted",
            "Plaintext is refused: clients outside the mesh, or without a proxy, fail.",
        ],
    ]),
    when(
        "create",
        "istio PeerAuthentication",
        "security-weakened",
        "Plaintext is accepted.",
        disables,
    ),
    when(
        "create",
        "istio PeerAuthentication",
        "traffic-shifted",
        "Plaintext is refused: clients outside the mesh, or without a proxy, fail.",
    ),
    when(
        "delete",
        "istio PeerAuthentication",
        "security-weakened",
        "STRICT mTLS ends; what holds above it holds here.",
        wasStrict,
    ),
    when(
        "delete",
        "istio PeerAuthentication",
        "traffic-shifted",
        "What holds above it holds here.",
    ),
    when(
        "replace",
        "istio PeerAuthentication",
        ["traffic-shifted", "security-weakened"],
        "For a moment what holds above it holds here.",
    ),
    ...updates("istio AuthorizationPolicy", [
        [
            "spec.action",
            ["traffic-shifted", "security-weakened"],
            "The policy does something else with what it matches.",
        ],
        [
            "spec.rules.**",
            ["traffic-shifted", "security-weakened"],
            "Requests are let in that were refused.",
            letsMoreIn,
        ],
        ["spec.rules.**", "traffic-shifted", "Requests are refused that were let in."],
        [
            "spec.**",
            ["traffic-shifted", "security-weakened"],
            "The policy holds for other workloads than before.",
        ],
    ]),
    when(
        "create",
        "istio AuthorizationPolicy",
        "traffic-shifted",
        "Requests are refused that were let in: an ALLOW policy refuses all it doesn't name.",
        refuses,
    ),
    when("create", "istio AuthorizationPolicy", "config-push", "Requests are only recorded."),
    when(
        "delete",
        "istio AuthorizationPolicy",
        ["traffic-shifted", "security-weakened"],
        "What it refused may be let in.",
    ),
    when(
        "replace",
        "istio AuthorizationPolicy",
        ["traffic-shifted", "security-weakened"],
        "For a moment what it refused may be let in.",
    ),
    ...updates("istio RequestAuthentication", [
        [
            "spec.**",
            ["traffic-shifted", "security-weakened"],
            "Tokens of other issuers are accepted, or held against other keys.",
        ],
    ]),
    when(
        "create",
        "istio RequestAuthentication",
        "traffic-shifted",
        "Requests with a wrong token are refused.",
    ),
    when(
        "delete",
        "istio RequestAuthentication",
        ["traffic-shifted", "security-weakened"],
        "Tokens are no longer checked; policies on claims match nothing.",
    ),
    when(
        "replace",
        "istio RequestAuthentication",
        ["traffic-shifted", "security-weakened"],
        "For a moment tokens aren't checked.",
    ),
    ...["BackendTLSPolicy", "ReferenceGrant"].flatMap((kind): readonly Row[] => [
        ...updates(kind, [
            [
                "spec.**",
                ["traffic-shifted", "security-weakened"],
                "Who may refer to whom, or how a back end is verified.",
            ],
        ]),
        when(
            "create",
            kind,
            "traffic-shifted",
            "Who may refer to whom, or how a back end is verified.",
        ),
        when(
            "delete",
            kind,
            ["traffic-shifted", "security-weakened"],
            "References break, or back ends aren't verified any more.",
        ),
        when(
            "replace",
            kind,
            ["traffic-shifted", "security-weakened"],
            "For a moment references break, or back ends aren't verified.",
        ),
    ]),
];
