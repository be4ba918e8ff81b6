import type { Stack } from "../../found";
import { dataPlanesOf, INJECT } from "../../data-planes";
import { AUTO } from "../../images";
import { containersOf, onWorkloads } from "../../pods";
import { stackRule } from "../../rule";
import { whyNotInjected } from "../../sidecar-injection";

export const forbidAutoImageWithoutInjection = stackRule({
    name: "forbid-auto-image-without-injection",
    displayName: "Image `auto` is only for pods that are injected",
    description: "Every pod with a container of image `auto` is one that the injector completes.",
    why:
        "Gateways of Istio's chart name their image `auto`, and the injector replaces it. Where the " +
        "injector isn't asked, the kubelet looks for an image of that name: the gateway never starts, with " +
        "nothing but ImagePullBackOff to say so.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        `Label the pods ${INJECT}="true" in a namespace without istio-injection=disabled, or label the ` +
        "namespace for injection; or name an image.",
    url: "https://istio.io/latest/docs/setup/additional-setup/gateway/#deploying-a-gateway",
    tags: ["injection", "gateways"],
    reads: ["namespace"],
    judge: onWorkloads(function* ({ subject, namespace }, template, _config: object, stack: Stack) {
        const waiting = containersOf(template).find(({ image }) => image === AUTO);
        if (!waiting) return;
        const why = whyNotInjected(template, stack.view(dataPlanesOf).get(namespace));
        if (why !== undefined) {
            yield (
                `${subject} leaves the image of "${waiting.name ?? ""}" to the injector (auto), but ${why}, ` +
                "so it can't start; let it be injected, or name an image (IST0146, IST0147)."
            );
        }
    }),
});
