import type { Stack } from "../../found";
import { type GatewayApiCrd, gatewayApiCrdsOf } from "../../gateway-api";
import { ISTIO_RELEASES } from "../../istio-releases.generated";
import { controlPlaneVersions } from "../../mesh-versions";
import { stackRule } from "../../rule";
import { compareVersions, minorOf } from "../../versions";

/** What most of the CRDs say; the first of those that are as frequent. */
function usual(values: readonly (string | undefined)[]): string | undefined {
    const count = (value: string | undefined) => values.filter((other) => other === value).length;
    return [...values].sort((a, b) => count(b) - count(a))[0];
}

/** For `stack.view`. */
function usualOf(stack: Stack) {
    const crds = stack.view(gatewayApiCrdsOf);
    return {
        version: usual(crds.map(({ version }) => version)),
        channel: usual(crds.map(({ channel }) => channel)),
    };
}

function* belowMinimum({ found, version }: GatewayApiCrd, stack: Stack) {
    if (version === undefined) return;
    for (const [istio, plane] of stack.view(controlPlaneVersions)) {
        const least = ISTIO_RELEASES[minorOf(istio)]?.gatewayApi;
        if (least !== undefined && compareVersions(version, least) < 0) {
            yield (
                `${found.subject} is of bundle ${version}, but ${plane.subject} runs Istio ${istio}, which sees ` +
                `every kind from ${least} on; install ${least} or newer (IST0176).`
            );
        }
    }
}

export const matchGatewayApiVersion = stackRule({
    name: "match-gateway-api-version",
    displayName: "The Gateway API's CRDs are one bundle that Istio sees",
    description:
        "All CRDs of the Gateway API are of one version and channel, installed once, and new enough for istiod.",
    why:
        "istiod silently leaves out a kind whose CRD is too old: waypoints and routes are accepted and do " +
        "nothing. CRDs of two bundles or channels, or of two owners in one stack, undo each other at " +
        "every update, and an experimental field is lost when the standard one is put over it.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Install one bundle of the Gateway API, of one channel, in one place of the program, at the version " +
        "that Istio's release asks for or newer.",
    url: "https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/",
    tags: ["versions", "gateway-api"],
    reads: ["deployment", "istio", "configMap"],
    judge: {
        *customResourceDefinition({ urn, shortName, subject }, _config, stack) {
            const crds = stack.view(gatewayApiCrdsOf);
            const index = crds.findIndex(({ found }) => found.urn === urn);
            const crd = crds[index];
            if (!crd) return;
            yield* belowMinimum(crd, stack);
            const common = stack.view(usualOf);
            for (const key of ["version", "channel"] as const) {
                if (crd[key] !== common[key]) {
                    yield (
                        `${subject} is of ${key} ${crd[key] ?? "unknown"}, but the other CRDs of the Gateway API ` +
                        `are of ${common[key] ?? "unknown"}; install one bundle of one channel.`
                    );
                }
            }
            if (crds.slice(0, index).some(({ found }) => found.shortName === shortName)) {
                yield `${subject} is in this stack twice, so each update undoes the other; keep one owner.`;
            }
        },
    },
});
