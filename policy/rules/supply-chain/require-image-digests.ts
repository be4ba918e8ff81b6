import { AUTO, componentOf, imageOf } from "../../images";
import { containersOf, onWorkloads } from "../../pods";
import { objectRule } from "../../rule";

export const requireImageDigests = objectRule({
    name: "require-image-digests",
    displayName: "Images of the mesh are named by digest",
    description: "Every image of the mesh is named by its digest.",
    why:
        "A tag can be pushed again; a digest can't. Who controls the registry, or stands between, could " +
        "otherwise replace istiod, and with it every identity.",
    severity: "medium",
    // Istio's charts build references of hub and tag, so this is for teams with a mirror of their own.
    enforcementLevel: "disabled",
    remediationSteps:
        "Name the image as repository@sha256:...; the charts take a whole reference as `image` " +
        "(pilot.image, cni.image, and image of ztunnel).",
    url: "https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy",
    tags: ["supply-chain", "images"],
    controls: { nist: ["SI-7", "SR-4"] },
    judge: onWorkloads(function* ({ subject }, template) {
        for (const { name = "", image } of containersOf(template)) {
            if (image === undefined || image === AUTO || componentOf(image) === undefined) continue;
            if (imageOf(image).digest === undefined) {
                yield `${subject} runs "${name}" from "${image}", a tag that can be pushed again; add its digest, as ${image}@sha256:....`;
            }
        }
    }),
});
