import type { Settings, Size } from "../../settings/schema";

/** Requests of one container, as Kubernetes writes them. */
export interface Requests {
    readonly cpu: string;
    readonly memory: string;
}

/** Numbers of a Deployment that may scale. With equal bounds there is no autoscaler. */
export interface AutoscaledSizing extends Requests {
    readonly minReplicas: number;
    readonly maxReplicas: number;
    /** Pods a drain must leave; absent where one replica makes every such bound block the drain. */
    readonly minAvailable?: number;
}

/** Every number of a mesh. */
export interface Sizing {
    readonly istiod: AutoscaledSizing;
    readonly waypoint: AutoscaledSizing;
    readonly gateway: (overrides: Overridable) => AutoscaledSizing;
    readonly ztunnel: Requests & { readonly terminationGracePeriodSeconds: number };
    readonly cni: Requests;
    readonly proxy: Requests;
    /** Whether pods are spread over nodes and zones, prioritised and protected from drains. */
    readonly production: boolean;
}

type Overridable = Partial<{
    [K in keyof AutoscaledSizing]: AutoscaledSizing[K] | undefined;
}>;

/**
 * Starting numbers per size. Production's requests are the charts' own defaults, which Istio
 * publishes its performance figures with.
 * @see https://istio.io/latest/docs/ops/deployment/performance-and-scalability/
 */
const STARTING_POINTS = {
    homelab: {
        istiod: { minReplicas: 1, maxReplicas: 1, cpu: "100m", memory: "128Mi" },
        proxied: { minReplicas: 1, maxReplicas: 1, cpu: "10m", memory: "64Mi" },
        ztunnel: { cpu: "20m", memory: "64Mi", terminationGracePeriodSeconds: 30 },
        cni: { cpu: "10m", memory: "64Mi" },
        proxy: { cpu: "10m", memory: "64Mi" },
    },
    production: {
        istiod: { minReplicas: 3, maxReplicas: 10, cpu: "500m", memory: "2048Mi" },
        proxied: { minReplicas: 3, maxReplicas: 10, cpu: "100m", memory: "128Mi" },
        // A ztunnel that is replaced cuts the connections still open after this time.
        ztunnel: { cpu: "200m", memory: "512Mi", terminationGracePeriodSeconds: 300 },
        cni: { cpu: "100m", memory: "100Mi" },
        proxy: { cpu: "100m", memory: "128Mi" },
    },
} as const;

/** The numbers of a size, with single ones overridden. */
export function sizingOf(size: Size, overrides: Settings["sizing"]): Sizing {
    const start = STARTING_POINTS[size];
    return {
        istiod: autoscaled(start.istiod, overrides.istiod),
        waypoint: autoscaled(start.proxied, overrides.waypoint),
        gateway: (gateway) => autoscaled(start.proxied, gateway),
        ztunnel: {
            ...requests(start.ztunnel, overrides.ztunnel),
            terminationGracePeriodSeconds:
                overrides.ztunnel?.terminationGracePeriodSeconds ??
                start.ztunnel.terminationGracePeriodSeconds,
        },
        cni: requests(start.cni, overrides.cni),
        proxy: requests(start.proxy, overrides.proxy),
        production: size === "production",
    };
}

function requests(
    start: Requests,
    over: { cpu?: string | undefined; memory?: string | undefined } = {},
): Requests {
    return { cpu: over.cpu ?? start.cpu, memory: over.memory ?? start.memory };
}

function autoscaled(start: AutoscaledSizing, over: Overridable = {}): AutoscaledSizing {
    const minReplicas = over.minReplicas ?? start.minReplicas;
    // A raised minimum pulls an unstated maximum along.
    const maxReplicas = over.maxReplicas ?? Math.max(start.maxReplicas, minReplicas);
    const minAvailable = over.minAvailable ?? (minReplicas > 1 ? 1 : undefined);
    return {
        ...requests(start, over),
        minReplicas,
        maxReplicas,
        ...(minAvailable === undefined ? {} : { minAvailable }),
    };
}
