import { objectRule } from "../../rule";

const EXACT = /^v\d+\.\d+\.\d+(-.+)?$/;

function* judge({ subject, object }: { subject: string; object: { spec?: { version?: string } } }) {
    const version = object.spec?.version;
    if (version === undefined) {
        yield (
            `${subject} has no spec.version, so it gets what the operator prefers on the day it is made; ` +
            "set an exact one, such as v1.31.3."
        );
    } else if (!EXACT.test(version)) {
        yield (
            `${subject} has spec.version "${version}", which an update of the operator moves; ` +
            "set an exact one, such as v1.31.3."
        );
    }
}

export const forbidVersionAliases = objectRule({
    name: "forbid-version-aliases",
    displayName: "Sail's objects name exact versions",
    description: "Every object of the Sail Operator names an exact version.",
    why:
        "An alias such as v1.31-latest stands for another patch in every version of the operator: to " +
        "upgrade the operator then upgrades the mesh, unseen in any preview, and the three objects may " +
        "move in the wrong order.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps: "Set spec.version to an exact version with its `v`, such as v1.31.3.",
    url: "https://github.com/istio-ecosystem/sail-operator/blob/main/docs/README.adoc",
    tags: ["versions", "sail"],
    controls: { nist: ["CM-2", "CM-3"] },
    judge: { istio: judge, istioCni: judge, ztunnel: judge },
});
