import { choice } from "../../config";
import { type ControlPlane, controlPlaneOf, sailControlPlaneOf } from "../../control-planes";
import type { Stack } from "../../found";
import { type Finding, stackRule } from "../../rule";

/** What Envoy does to paths before policies see them, each more than the one before. */
const LEVELS = ["NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"] as const;

/** Whether any policy of the stack judges paths. For `stack.view`. */
function judgesPaths(stack: Stack): boolean {
    return stack
        .all("authorizationPolicy")
        .some(({ object }) =>
            (object.spec?.rules ?? []).some(({ to = [] }) =>
                to.some(
                    ({ operation = {} }) =>
                        (operation.paths ?? []).length + (operation.notPaths ?? []).length > 0,
                ),
            ),
        );
}

function* judge(
    plane: ControlPlane | undefined,
    { minimum }: { minimum: (typeof LEVELS)[number] },
    stack: Stack,
): Generator<Finding> {
    if (!plane || !stack.view(judgesPaths)) return;
    const config = plane.meshConfig;
    if (!config) return;
    const given = config.pathNormalization?.normalization;
    const level = given === undefined || given === "DEFAULT" ? "BASE" : given;
    if (LEVELS.findIndex((known) => known === level) >= LEVELS.indexOf(minimum)) return;
    yield (
        `${plane.found.subject} has meshConfig.pathNormalization.normalization ` +
        `${given ?? "unset, which means BASE"}, but policies of the stack judge paths, which other ` +
        `spellings pass; set it to ${minimum} or more.`
    );
}

export const requirePathNormalization = stackRule({
    name: "require-path-normalization",
    displayName: "Paths are normalized before policies judge them",
    description:
        "A mesh whose policies judge paths normalizes them at least as far as the team says.",
    why:
        "Policies compare text: //admin or /%2e/admin isn't /admin, though many applications serve it as " +
        "such. Istio's default resolves /./ and turns \\ into /, but leaves // and encoded slashes alone. " +
        "Judged only where a policy of the stack has paths.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Set meshConfig.pathNormalization.normalization to MERGE_SLASHES, or to DECODE_AND_MERGE_SLASHES where " +
        "the applications decode %2F, after a test that they take the result.",
    url: "https://istio.io/latest/docs/ops/best-practices/security/#customize-your-system-on-path-normalization",
    tags: ["authorization", "security", "istiod"],
    controls: { nist: ["AC-3", "SI-10"] },
    config: {
        minimum: choice("The least that the mesh must do.", LEVELS, "MERGE_SLASHES"),
    },
    reads: ["authorizationPolicy", "configMap"],
    judge: {
        deployment: (found, config, stack) => judge(controlPlaneOf(found, stack), config, stack),
        istio: (found, config, stack) => judge(sailControlPlaneOf(found), config, stack),
    },
});
