import { objectRule } from "../../rule";
import { system } from "../../system-namespaces";

/** The labels that decide how a namespace's pods join the mesh, and the values each may have. */
const choices: Record<string, { valid: (value: string) => boolean; allowed: string }> = {
    "istio-injection": {
        valid: (value) => value === "enabled" || value === "disabled",
        allowed: '"enabled" or "disabled"',
    },
    "istio.io/rev": {
        valid: (value) => value !== "",
        allowed: "the name of a revision or tag",
    },
    "istio.io/dataplane-mode": {
        valid: (value) => value === "ambient" || value === "none",
        allowed: '"ambient" or "none"',
    },
};

/** What Istio makes of two labels at once: never what both say. */
function outcome(labels: Record<string, string>): string {
    const injection = labels["istio-injection"];
    const revision = labels["istio.io/rev"];
    const mode = labels["istio.io/dataplane-mode"];
    if (injection !== undefined && revision !== undefined) {
        return "istio-injection wins and the revision is ignored";
    }
    if (mode === "ambient") {
        return injection === "disabled"
            ? "one opts out and the other opts in"
            : "pods get a sidecar and ambient passes them over";
    }
    return "the choice is made twice";
}

export const requireDataPlaneLabel = objectRule({
    name: "require-data-plane-label",
    displayName: "Every served namespace chooses its data plane",
    description: "Every served namespace has exactly one data plane label, with a valid value.",
    why:
        "A namespace without a label runs in plain text, outside every mesh policy, and nothing says so; " +
        'so does one with a misspelt value ("true", "Enabled"). Two labels contradict each other: one ' +
        "wins silently, so what was reviewed isn't what runs.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Label the namespace with exactly one of istio-injection=enabled, istio.io/rev=<revision or tag> " +
        "or istio.io/dataplane-mode=ambient; to keep it out of the mesh, say so with " +
        "istio-injection=disabled or istio.io/dataplane-mode=none.",
    url: "https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy",
    tags: ["injection", "ambient", "namespaces"],
    controls: { nist: ["SC-8"], pci: ["4.2.1"] },
    config: { system },
    admission: ({ system }) => ({
        namespace: [
            {
                expression: `object.metadata.name in ${JSON.stringify(system)} || (has(object.metadata.labels) && ${JSON.stringify(Object.keys(choices))}.filter(key, key in object.metadata.labels).size() == 1)`,
                message: "a namespace chooses its data plane with exactly one label.",
            },
            {
                expression:
                    `object.metadata.name in ${JSON.stringify(system)} || !has(object.metadata.labels) || ` +
                    '((!("istio-injection" in object.metadata.labels) || object.metadata.labels["istio-injection"] in ["enabled", "disabled"]) && ' +
                    '(!("istio.io/rev" in object.metadata.labels) || object.metadata.labels["istio.io/rev"] != "") && ' +
                    '(!("istio.io/dataplane-mode" in object.metadata.labels) || object.metadata.labels["istio.io/dataplane-mode"] in ["ambient", "none"]))',
                message: "a data plane label has a value that Istio knows.",
            },
        ],
    }),
    judge: {
        *namespace({ shortName, subject, object: { metadata } }, { system }) {
            if (system.includes(shortName)) return;
            const labels: Record<string, string> = {};
            for (const key of Object.keys(choices)) {
                const value = metadata?.labels?.[key];
                if (value !== undefined) labels[key] = value;
            }
            const present = Object.entries(labels);
            if (present.length === 0) {
                yield (
                    `${subject} has no data plane label; set one of istio-injection=enabled, ` +
                    "istio.io/rev=<revision or tag>, istio.io/dataplane-mode=ambient, or opt out with " +
                    "istio-injection=disabled or istio.io/dataplane-mode=none."
                );
            }
            for (const [key, value] of present) {
                const choice = choices[key];
                if (choice && !choice.valid(value)) {
                    yield (
                        `${subject} has ${key}="${value}", which Istio doesn't know; ` +
                        `set it to ${choice.allowed}.`
                    );
                }
            }
            if (present.length > 1) {
                const both = present.map(([key, value]) => `${key}=${value}`).join(" and ");
                yield `${subject} has ${both}: ${outcome(labels)}; keep exactly one.`;
            }
        },
    },
});
