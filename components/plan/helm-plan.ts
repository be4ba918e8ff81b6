import { extensionProviders } from "../observability/telemetry";
import type { Platform, Settings } from "../../settings/schema";
import { identityOf, type ClusterIdentity } from "./identity";
import { ISTIO_CNI, ISTIO_SYSTEM, usesAmbient, ZTUNNEL } from "./namespaces";
import { sizingOf, type AutoscaledSizing, type Requests, type Sizing } from "./sizing";
import type {
    BaseValues,
    ChartValues,
    CniValues,
    IstiodValues,
    ResourceValues,
    SharedGlobal,
    SpreadConstraint,
    ZtunnelValues,
} from "./values";

/** Istio's charts, as they are named in its repositories. */
export type ChartName = "base" | "istiod" | "cni" | "ztunnel" | "gateway";

/** One chart to install, after those it needs ready. */
export interface ChartStep {
    readonly chart: ChartName;
    readonly namespace: string;
    readonly values: ChartValues;
    readonly after: readonly ChartName[];
}

/** What a Helm installation is planned from: plain settings, so that a test needs nothing else. */
export type HelmPlanInput = Pick<
    Settings,
    | "istioVersion"
    | "dataPlane"
    | "size"
    | "sizing"
    | "cluster"
    | "mesh"
    | "namespaces"
    | "charts"
    | "observability"
>;

/**
 * The mesh's own charts in the order Istio asks for: base, istiod, then for ambient cni and ztunnel.
 * @see https://istio.io/latest/docs/ambient/install/helm/
 */
export function helmPlan(input: HelmPlanInput): readonly ChartStep[] {
    const { base, istiod, cni, ztunnel } = planValues(input);
    return [
        { chart: "base", namespace: ISTIO_SYSTEM, values: base, after: [] },
        { chart: "istiod", namespace: ISTIO_SYSTEM, values: istiod, after: ["base"] },
        ...(cni === undefined
            ? []
            : [{ chart: "cni", namespace: ISTIO_CNI, values: cni, after: ["istiod"] } as const]),
        ...(ztunnel === undefined
            ? []
            : [{ chart: "ztunnel", namespace: ZTUNNEL, values: ztunnel, after: ["cni"] } as const]),
    ];
}

/** What each chart is told. Both ways to install start from this. */
export interface PlanValues {
    readonly base: BaseValues;
    readonly istiod: IstiodValues;
    /** The node agents, where any namespace is ambient. */
    readonly cni?: CniValues;
    readonly ztunnel?: ZtunnelValues;
}

/** The values of every chart of a mesh, whoever installs it. */
export function planValues(input: HelmPlanInput): PlanValues {
    const sizing = sizingOf(input.size, input.sizing);
    const global = sharedGlobal(input);
    const ambient = usesAmbient(input);
    return {
        base: baseValues(global),
        istiod: istiodValues(input, sizing, global, ambient),
        ...(ambient
            ? { cni: cniValues(sizing, global), ztunnel: ztunnelValues(input, sizing, global) }
            : {}),
    };
}

/** Istio's charts that a stack needs, in the order of their installation: Sail brings its own. */
export function chartsOf(
    input: HelmPlanInput &
        Pick<Settings, "gateways" | "installMethod"> &
        Partial<Pick<Settings, "egressGateways">>,
): ChartName[] {
    const mesh = input.installMethod === "helm" ? helmPlan(input).map(({ chart }) => chart) : [];
    return [
        ...mesh,
        ...([...input.gateways, ...(input.egressGateways ?? [])].some(({ via }) => via === "chart")
            ? (["gateway"] as const)
            : []),
    ];
}

/** What every chart is told alike. */
export function sharedGlobal(
    input: Pick<Settings, "cluster" | "mesh" | "charts" | "istioVersion">,
): SharedGlobal {
    const identity: ClusterIdentity = identityOf(input);
    const { platform } = input.cluster;
    return {
        // Always said: charts before 1.31 default to a registry that is going away.
        hub: input.charts.hub,
        tag: input.charts.tag ?? input.istioVersion,
        multiCluster: { clusterName: identity.clusterName },
        ...(platform === undefined ? {} : { platform }),
        ...(identity.meshId === undefined ? {} : { meshID: identity.meshId }),
        ...(identity.network === undefined ? {} : { network: identity.network }),
    };
}

function baseValues(global: SharedGlobal): BaseValues {
    return { global, base: { validationFailurePolicy: "Fail" } };
}

function istiodValues(
    input: HelmPlanInput,
    sizing: Sizing,
    global: SharedGlobal,
    ambient: boolean,
): IstiodValues {
    const { istiod, proxy, waypoint, production } = sizing;
    const providers = extensionProviders(input);
    const priority = priorityClass(input.cluster.platform);
    return {
        ...(ambient ? { profile: "ambient" } : {}),
        global: {
            ...global,
            ...(production && priority !== undefined ? { priorityClassName: priority } : {}),
            ...signedAt(input),
            proxy: { resources: resources(proxy) },
            waypoint: { resources: resources(waypoint) },
        },
        base: { validationFailurePolicy: "Fail" },
        meshConfig: {
            trustDomain: input.mesh.trustDomain,
            ...(input.mesh.accessLog ? { accessLogFile: "/dev/stdout" } : {}),
            outboundTrafficPolicy: { mode: input.mesh.outboundTrafficPolicy },
            ...(providers.length === 0 ? {} : { extensionProviders: providers }),
        },
        ...(istiod.minAvailable === undefined
            ? {}
            : { pdb: { minAvailable: istiod.minAvailable } }),
        pilot: {
            ...(scales(istiod)
                ? {
                      autoscaleEnabled: true,
                      autoscaleMin: istiod.minReplicas,
                      autoscaleMax: istiod.maxReplicas,
                  }
                : { autoscaleEnabled: false, replicaCount: istiod.minReplicas }),
            resources: resources(istiod),
            ...(production ? { topologySpreadConstraints: spread({ app: "istiod" }) } : {}),
            ...(ambient ? { trustedZtunnelNamespace: ZTUNNEL, cni: { enabled: true } } : {}),
            ...(input.mesh.ca?.istioCsr === undefined
                ? {}
                : { env: { ENABLE_CA_SERVER: "false" } }),
        },
    };
}

/** Where certificates are signed, if not by istiod. */
function signedAt({ mesh }: Pick<Settings, "mesh">): { readonly caAddress?: string } {
    const address = mesh.ca?.istioCsr?.address;
    return address === undefined ? {} : { caAddress: address };
}

function cniValues(sizing: Sizing, global: SharedGlobal): CniValues {
    return { profile: "ambient", global, cni: { resources: resources(sizing.cni) } };
}

function ztunnelValues(
    input: Pick<Settings, "mesh">,
    sizing: Sizing,
    global: SharedGlobal,
): ZtunnelValues {
    return {
        profile: "ambient",
        global,
        istioNamespace: ISTIO_SYSTEM,
        resources: resources(sizing.ztunnel),
        terminationGracePeriodSeconds: sizing.ztunnel.terminationGracePeriodSeconds,
        ...signedAt(input),
        // The new ztunnel takes over a node's connections before the old one stops.
        updateStrategy: {
            type: "RollingUpdate",
            rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
        },
    };
}

/** Whether an autoscaler has anything to do. */
export function scales({ minReplicas, maxReplicas }: AutoscaledSizing): boolean {
    return maxReplicas > minReplicas;
}

/** Requests in the shape the charts take. */
export function resources({ cpu, memory }: Requests): ResourceValues {
    return { requests: { cpu, memory } };
}

/** Pods over nodes and zones, without holding one back where there are too few of either. */
export function spread(matchLabels: Readonly<Record<string, string>>): SpreadConstraint[] {
    return ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels },
    }));
}

/** GKE admits the system priority classes outside kube-system only under a quota of its own. */
export function priorityClass(platform: Platform | undefined): string | undefined {
    return platform === "gke" ? undefined : "system-cluster-critical";
}
