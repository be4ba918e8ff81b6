import { texts, type Values } from "../../config";
import { versionIn } from "../../control-planes";
import { AUTO, componentOf, imageOf } from "../../images";
import { ISTIO_RELEASES } from "../../istio-releases.generated";
import { containersOf, onWorkloads } from "../../pods";
import { objectRule } from "../../rule";
import { minorOf, supportedMinors } from "../../versions";

const config = {
    maintained: texts(
        "Minor releases past their end that someone still mends for you, such as 1.28.",
        [],
    ),
};

function* judge(subject: string, version: string | undefined, maintained: readonly string[]) {
    if (version === undefined) return;
    const minor = minorOf(version);
    const endOfLife = ISTIO_RELEASES[minor]?.endOfLife;
    const [oldest = minor] = Object.keys(ISTIO_RELEASES);
    const [, wanted = 0] = minor.split(".").map(Number);
    const [, known = 0] = oldest.split(".").map(Number);
    // What is newer than the table is taken for supported: the pack may be older than the release.
    if ((endOfLife === undefined && wanted >= known) || maintained.includes(minor)) return;
    const since = endOfLife === undefined ? "for years" : `since ${endOfLife}`;
    yield (
        `${subject} runs Istio ${version}, which gets no security fixes ${since}; ` +
        `move to ${supportedMinors.join(" or ")}.`
    );
}

const judgeSail = (
    { subject, object }: { subject: string; object: { spec?: { version?: string } } },
    { maintained }: Values<typeof config>,
) => judge(subject, versionIn(object.spec?.version), maintained);

export const forbidEndOfLifeVersions = objectRule({
    name: "forbid-end-of-life-versions",
    displayName: "No part of the mesh is past its end of life",
    description: "No part of the mesh runs a release of Istio that gets no more security fixes.",
    why:
        "A release ends about six weeks after the second one that follows it. Holes that are found later " +
        "stay open in it, in the part that decides about every connection. Sail's operator stops managing " +
        "it at all: it refuses to reconcile such a version.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Upgrade one minor release at a time: istiod, then the CNI agent, ztunnel, gateways and sidecars.",
    url: "https://istio.io/latest/docs/releases/supported-releases/",
    tags: ["versions"],
    controls: { nist: ["SI-2", "SA-22"], pci: ["6.3.3"] },
    config,
    judge: {
        ...onWorkloads(function* ({ subject }, template, { maintained }: Values<typeof config>) {
            for (const { image } of containersOf(template)) {
                if (image === undefined || image === AUTO) continue;
                const component = componentOf(image);
                // The operator has versions of its own.
                if (component === undefined || component === "sail-operator") continue;
                yield* judge(subject, versionIn(imageOf(image).tag), maintained);
            }
        }),
        istio: judgeSail,
        istioRevision: judgeSail,
        istioCni: judgeSail,
        ztunnel: judgeSail,
    },
});
