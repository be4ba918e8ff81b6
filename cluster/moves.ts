import { dataPlaneIn, dataPlaneOf, servedLabels } from "../components/plan/namespaces";
import type { DataPlane, Settings } from "../settings/schema";
import type { LiveNamespace } from "./live-mesh";

type Plane = DataPlane | "none";

const IN: Readonly<Record<Plane, string>> = {
    sidecar: "sidecars",
    ambient: "ambient",
    none: "no data plane",
};

/** What a move does to pods that run, and whether they must restart for it. */
const MOVES: Readonly<
    Partial<Record<`${Plane} ${Plane}`, { readonly what: string; readonly restart: boolean }>>
> = {
    "sidecar ambient": {
        what: "running pods keep their sidecars until they restart, and are captured then; without a waypoint their L7 routes and policies end",
        restart: true,
    },
    "sidecar none": {
        what: "pods lose mTLS, routes and policies with their sidecars as they restart",
        restart: true,
    },
    "ambient sidecar": {
        what: "running pods are released at once, without mTLS until they restart with a sidecar",
        restart: true,
    },
    "ambient none": {
        what: "running pods lose mTLS and policies at once; none has to restart",
        restart: false,
    },
    "none sidecar": { what: "pods get a sidecar when they restart", restart: true },
    "none ambient": {
        what: "running pods are captured at once; none has to restart",
        restart: false,
    },
};

/** How a namespace selects the istiod of its sidecars: `default` without a revision or tag of its own. */
function revisionIn(labels: Readonly<Record<string, string>>): string {
    return labels["istio-injection"] === "enabled"
        ? "default"
        : (labels["istio.io/rev"] ?? "default");
}

/**
 * What must restart, in one sentence for each namespace that is there and will be in another data plane or
 * follow another revision or tag. Sorted by name.
 */
export function moves(
    live: readonly LiveNamespace[],
    { namespaces, dataPlane }: Pick<Settings, "namespaces" | "dataPlane">,
): readonly string[] {
    return namespaces
        .flatMap((settings) => {
            const { name } = settings;
            const before = live.find((namespace) => namespace.name === name)?.labels;
            if (before === undefined) {
                return [];
            }
            const to = dataPlaneOf(settings, dataPlane);
            const from = dataPlaneIn(before);
            const told =
                from === to ? followed(before, servedLabels(settings, to), to) : move(from, to);
            return told === undefined ? [] : [{ name, ...told }];
        })
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(
            ({ name, headline, what, restart }) =>
                `Namespace ${name} ${headline}: ${what}.` +
                (restart ? ` Then: kubectl -n ${name} rollout restart deployment` : ""),
        );
}

interface Told {
    readonly headline: string;
    readonly what: string;
    readonly restart: boolean;
}

function move(from: Plane, to: Plane): Told | undefined {
    const known = MOVES[`${from} ${to}`];
    return known && { headline: `moves from ${IN[from]} to ${IN[to]}`, ...known };
}

function followed(
    before: Readonly<Record<string, string>>,
    after: Readonly<Record<string, string>>,
    plane: Plane,
): Told | undefined {
    const [from, to] = [revisionIn(before), revisionIn(after)];
    return plane !== "sidecar" || from === to
        ? undefined
        : {
              headline: `follows ${JSON.stringify(to)} instead of ${JSON.stringify(from)}`,
              what: "running pods keep the sidecar and the istiod they have until they restart",
              restart: true,
          };
}
