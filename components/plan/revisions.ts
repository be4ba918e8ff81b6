import type { Settings } from "../../settings/schema";
import { compareVersions } from "./versions";

/** The tag that namespaces with `istio-injection=enabled` follow once control planes are revisioned. */
export const DEFAULT_TAG = "default";

/** One control plane. */
export interface Revision {
    /** As namespaces and pods name it in `istio.io/rev`; `default` is the one without a suffix. */
    readonly name: string;
    readonly version: string;
}

/** A stable name that points to a revision. */
export interface RevisionTag {
    readonly name: string;
    /** Name of the revision it points to. */
    readonly revision: string;
}

/** The control planes of a mesh, and who follows which. */
export interface RevisionPlan {
    /** Oldest version first. */
    readonly revisions: readonly Revision[];
    /** The one that node agents, gateways and everything without a choice of its own follow. */
    readonly stable: Revision;
    readonly tags: readonly RevisionTag[];
}

/** What revisions are planned from. */
export type RevisionsInput = Pick<Settings, "istioVersion" | "update">;

/**
 * A mesh's revisions: in place there is one, and it keeps its name from version to version; otherwise
 * there is one per version, so that an upgrade is a second control plane beside the first.
 */
export function revisionsOf({ istioVersion, update }: RevisionsInput): RevisionPlan {
    if (update.strategy === "InPlace") {
        const stable = { name: update.name, version: istioVersion };
        return { revisions: [stable], stable, tags: tagsOf(update, stable, {}) };
    }
    const revision = (version: string): Revision => ({
        name: revisionName(update.name, version),
        version,
    });
    const stable = revision(istioVersion);
    const beside = {
        ...(update.canary === undefined ? {} : { canary: revision(update.canary) }),
        ...(update.previous === undefined ? {} : { previous: revision(update.previous) }),
    };
    const revisions = [...Object.values(beside), stable].sort((a, b) =>
        compareVersions(a.version, b.version),
    );
    return { revisions, stable, tags: tagsOf(update, stable, beside) };
}

/** The revision that the Sail Operator makes for a version: `default-v1-31-3`. It can hold no dots. */
export function revisionName(control: string, version: string): string {
    return `${control}-v${version.replaceAll(".", "-")}`;
}

function tagsOf(
    { strategy, name, tags }: Settings["update"],
    stable: Revision,
    beside: { readonly canary?: Revision; readonly previous?: Revision },
): readonly RevisionTag[] {
    const given = tags.map((tag) => ({
        name: tag.name,
        // What was tried has become the mesh's own once no canary is left.
        revision: (tag.revision === "stable" ? stable : (beside[tag.revision] ?? stable)).name,
    }));
    const served = strategy === "InPlace" && name === DEFAULT_TAG;
    // A second control plane is of use, and is kept by the operator, only while something points to it.
    const wanted = [
        ...(served ? [] : [{ name: DEFAULT_TAG, revision: stable.name }]),
        ...(["canary", "previous"] as const).flatMap((key) => {
            const revision = beside[key];
            return revision === undefined || tags.some((tag) => tag.revision === key)
                ? []
                : [{ name: key, revision: revision.name }];
        }),
    ];
    return [...wanted.filter((tag) => !given.some((other) => other.name === tag.name)), ...given];
}
