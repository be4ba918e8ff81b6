import type { Classified } from "../classes/classify";
import type { ClassName } from "../classes/classes";
import { merged } from "../classes/classes";
import { CONTROL_PLANE_NAMESPACES, ISTIO_SYSTEM } from "../../components/plan/namespaces";

/** One step of an update: what is done before the next begins. */
export interface Stage {
    readonly title: string;
    readonly objects: readonly string[];
    readonly classes: readonly ClassName[];
}

/**
 * The stages of an update, in the order in which the program's dependencies let them happen (see
 * docs/architecture.md), and the narrowest subjects that belong to each.
 */
const STAGES: readonly { readonly title: string; readonly of: readonly string[] }[] = [
    { title: "Provider", of: ["provider"] },
    {
        title: "Namespaces of the mesh, CRDs and rights",
        of: [
            ...["own Namespace", "CustomResourceDefinition", "ServiceAccount", "ClusterRole"],
            ...["ClusterRoleBinding", "Role", "RoleBinding", "PriorityClass", "GatewayClass"],
        ],
    },
    {
        title: "istiod",
        of: [
            ...["mesh CA", "mesh config", "injector config", "chart values", "istiod"],
            ...["istiod Service", "istiod autoscaler", "MutatingWebhookConfiguration"],
            ...["ValidatingWebhookConfiguration", "Istio", "IstioRevision", "IstioRevisionTag"],
        ],
    },
    { title: "CNI agent", of: ["cni", "cni config", "IstioCNI"] },
    { title: "ztunnel", of: ["ztunnel", "ZTunnel"] },
    { title: "Served namespaces", of: ["Namespace"] },
    {
        title: "Gateways and waypoints",
        of: ["gateway", "gateway Service", "gateway options", "waypoint", "gateway object"],
    },
];
const ISTIOD = STAGES.findIndex(({ title }) => title === "istiod");
const LAST = "Workloads, routes and policies";

/**
 * The order in which a preview's changes would happen: stage by stage, and what is deleted at the end in
 * the reverse order, as the engine does. The engine runs what doesn't depend on each other at the same time,
 * so the order of its events says less than this, and differs from run to run.
 */
export function orderOf(classified: readonly Classified[]): readonly Stage[] {
    const real = classified.filter(({ change }) => change.subjects[0] !== "component");
    const stage = (item: Classified) => {
        const { subjects, object } = item.change;
        const own = object?.kind === "Namespace" && CONTROL_PLANE_NAMESPACES.includes(object.name);
        const subject = own ? "own Namespace" : (subjects[0] ?? "");
        const found = STAGES.findIndex(({ of }) => of.includes(subject));
        if (found !== -1) return found;
        // An autoscaler or budget of istiod's comes with istiod.
        return object?.namespace === ISTIO_SYSTEM ? ISTIOD : STAGES.length;
    };
    const titles = [...STAGES.map(({ title }) => title), LAST];
    const of = (rank: number, deleted: boolean): Stage | undefined => {
        const items = real.filter(
            (item) => stage(item) === rank && (item.change.op === "delete") === deleted,
        );
        if (items.length === 0) return undefined;
        return {
            title: `${deleted ? "Removed: " : ""}${titles[rank] ?? LAST}`,
            objects: items.map(({ change: { op, object, name } }) =>
                object
                    ? `${op} ${object.kind} ${object.namespace ? `${object.namespace}/` : ""}${object.name}`
                    : `${op} ${name}`,
            ),
            classes: merged(items.flatMap(({ classes }) => classes)),
        };
    };
    const ranks = titles.map((_, rank) => rank);
    return [
        ...ranks.map((rank) => of(rank, false)),
        ...ranks.reverse().map((rank) => of(rank, true)),
    ].filter((found) => found !== undefined);
}
