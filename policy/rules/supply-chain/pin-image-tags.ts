import { flag, type Values } from "../../config";
import type { Found } from "../../found";
import { AUTO, componentOf, imageOf } from "../../images";
import { containersOf, onWorkloads } from "../../pods";
import { objectRule } from "../../rule";
import { imageSettings } from "../../sail-images";

const EXACT = /^v?\d+\.\d+\.\d+([-.+].*)?$/;
const fix = "pin an exact version, such as 1.31.3, or a digest";

const config = {
    everywhere: flag(
        "Whether images of applications are judged too, for a missing tag and `latest`.",
        false,
    ),
};

/** What is wrong with an image's tag, or undefined. */
function problem(reference: string, { everywhere }: Values<typeof config>): string | undefined {
    const ours = componentOf(reference) !== undefined;
    const { tag, digest } = imageOf(reference);
    if (digest !== undefined || !(ours || everywhere)) return undefined;
    if (tag === undefined) return "without a tag, which means latest";
    if (tag === "latest") return "whose tag moves";
    return ours && !EXACT.test(tag) ? "whose tag names no exact version" : undefined;
}

function* judgeSail(found: Found<"istio"> | Found<"istioCni"> | Found<"ztunnel">) {
    const { tags, images } = imageSettings(found);
    for (const { field, value } of tags) {
        if (!EXACT.test(value)) {
            yield `${found.subject} sets ${field} to "${value}", which names no exact version; ${fix}.`;
        }
    }
    for (const { field, value } of images) {
        const { tag, digest } = imageOf(value);
        if (digest === undefined && !EXACT.test(tag ?? "")) {
            yield `${found.subject} sets ${field} to "${value}", which names no exact version; ${fix}.`;
        }
    }
}

export const pinImageTags = objectRule({
    name: "pin-image-tags",
    displayName: "Images of the mesh have exact tags",
    description: "Every image of the mesh has a tag with an exact version, or a digest.",
    why:
        "A tag such as `latest` or `1.31` moves: pods of one Deployment run different builds, a restart is " +
        "an upgrade that nobody reviewed, and istiod and its proxies drift apart.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Give the image a tag with an exact version, or a digest. Images come from the charts' global.hub " +
        "and global.tag, and from spec.version in Sail's objects.",
    url: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    tags: ["supply-chain", "images"],
    controls: { nist: ["CM-2", "SI-7"] },
    config,
    judge: {
        ...onWorkloads(function* ({ subject }, template, values: Values<typeof config>) {
            for (const { name = "", image } of containersOf(template)) {
                if (image === undefined || image === AUTO) continue;
                const wrong = problem(image, values);
                if (wrong) yield `${subject} runs "${name}" from "${image}", ${wrong}; ${fix}.`;
            }
        }),
        istio: (found) => judgeSail(found),
        istioCni: (found) => judgeSail(found),
        ztunnel: (found) => judgeSail(found),
    },
});
