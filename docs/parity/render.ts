import { helmPlan } from "../../components/plan/helm-plan";
import { releasesOf, type Release } from "../../components/sail/operator-releases";
import { sailPlan } from "../../components/sail/plan";
import type { RenderedObject } from "../../components/sail/rendering";
import type { Renderer } from "../../sandbox/sail/renderer";
import type { Settings } from "../../settings/schema";

/** The objects that both ways to install make of the same settings. */
export interface BothWays {
    readonly helm: readonly RenderedObject[];
    readonly sail: readonly RenderedObject[];
}

/** Renders what Helm would install, and what the Sail Operator would make of its objects. */
export async function bothWays(settings: Settings, renderer: Renderer): Promise<BothWays> {
    const all = async (releases: readonly Release[]): Promise<readonly RenderedObject[]> =>
        (await Promise.all(releases.map((release) => renderer.render(release)))).flat();
    const charts = helmPlan(settings).map(({ chart, namespace, values }): Release => ({
        ...{ name: chart, namespace, version: settings.istioVersion },
        // The mesh's own charts: the plan makes no others.
        chart: chart as Release["chart"],
        values: { ...values },
        owner: { kind: "IstioRevision", name: "" },
    }));
    const objects = sailPlan(settings).map(({ object }) => object);
    return { helm: (await all(charts)).map(unmarked), sail: await all(releasesOf(objects)) };
}

/** An object without the operator's mark, which the renderer puts on everything. */
function unmarked(object: RenderedObject): RenderedObject {
    const { "managed-by": _mark, ...labels } = object.metadata.labels ?? {};
    return { ...object, metadata: { ...object.metadata, labels } };
}
