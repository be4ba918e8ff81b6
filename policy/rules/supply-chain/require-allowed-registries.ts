import { flag, texts, type Values } from "../../config";
import type { Found } from "../../found";
import { chartName, isMeshRelease } from "../../helm-releases";
import { AUTO, componentOf, imageOf } from "../../images";
import { containersOf, onWorkloads } from "../../pods";
import { objectRule } from "../../rule";
import { imageSettings } from "../../sail-images";

const config = {
    registries: texts("Registries, with their path, that images of the mesh may come from.", [
        "docker.io/istio",
        "quay.io/sail-dev",
    ]),
    everywhere: flag("Whether images of applications must come from them, too.", false),
};

/** Where Istio's images and charts were, until they are gone. */
const retired = ["registry.istio.io", "gcr.io/istio-release"];
const retiredCharts = ["istio-release.storage.googleapis.com", ...retired];
const end = "which Istio retires in December 2026";

function within(registry: string, allowed: string): boolean {
    return registry === allowed || registry.startsWith(`${allowed}/`);
}

function* judgeOne(registry: string, subject: string, registries: readonly string[]) {
    if (registries.some((allowed) => within(registry, allowed))) return;
    const gone = retired.some((old) => within(registry, old)) ? `, ${end}` : "";
    yield `${subject} "${registry}"${gone}; allowed are ${registries.join(", ")}.`;
}

function* judgeSail(
    found: Found<"istio"> | Found<"istioCni"> | Found<"ztunnel">,
    { registries }: Values<typeof config>,
) {
    const { hubs, images } = imageSettings(found);
    for (const { field, value } of hubs) {
        const { registry, name } = imageOf(value);
        yield* judgeOne(`${registry}/${name}`, `${found.subject} sets ${field} to`, registries);
    }
    for (const { field, value } of images) {
        const { registry } = imageOf(value);
        yield* judgeOne(registry, `${found.subject} sets ${field} to an image of`, registries);
    }
}

export const requireAllowedRegistries = objectRule({
    name: "require-allowed-registries",
    displayName: "Images of the mesh come from allowed registries",
    description:
        "Every image of the mesh comes from a registry that is allowed, and none from a retired one.",
    why:
        "istiod signs every identity and proxies see all plain text, so their images decide who can be " +
        "trusted. Istio's former registries and chart repository stop in December 2026: a node that must " +
        "pull an image from there then has no ztunnel, and a pod no sidecar.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set global.hub of every chart, or of every object of Sail, to an allowed registry, and take charts " +
        "from https://blob.istio.io/istio-release/charts or oci://ghcr.io/istio/release/charts; or allow your " +
        "mirror in `registries`.",
    url: "https://istio.io/latest/blog/2026/retirement-of-gcp/",
    tags: ["supply-chain", "images", "helm"],
    controls: { nist: ["CM-7(5)", "SR-3"] },
    config,
    judge: {
        ...onWorkloads(function* ({ subject }, template, values: Values<typeof config>) {
            const { registries, everywhere } = values;
            for (const { name = "", image } of containersOf(template)) {
                if (image === undefined || image === AUTO) continue;
                if (!everywhere && componentOf(image) === undefined) continue;
                yield* judgeOne(
                    imageOf(image).registry,
                    `${subject} runs "${name}" from`,
                    registries,
                );
            }
        }),
        istio: judgeSail,
        istioCni: judgeSail,
        ztunnel: judgeSail,
        *helmRelease({ subject, object }) {
            if (!isMeshRelease(object)) return;
            const from = object.repositoryOpts?.repo ?? object.chart ?? "";
            const bare = from.replace(/^[a-z]+:\/\//, "");
            if (retiredCharts.some((old) => within(bare, old))) {
                yield (
                    `${subject} takes chart "${chartName(object)}" from "${from}", ${end}; ` +
                    "use https://blob.istio.io/istio-release/charts or oci://ghcr.io/istio/release/charts."
                );
            }
        },
    },
});
