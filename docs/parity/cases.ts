import { checkSettings } from "../../settings/check";
import { problemText } from "../../settings/problems";
import type { Settings } from "../../settings/schema";

/** One stack that is rendered both ways. */
export interface Case {
    /** `ambient, production, k3s`. */
    readonly name: string;
    readonly dataPlane: string;
    readonly size: string;
    readonly override: string;
    readonly settings: Settings;
}

/** Settings that change what is rendered, each laid over every data plane and size. */
const OVERRIDES: Readonly<Record<string, object>> = {
    "as it comes": {},
    "identity and mesh": {
        cluster: { name: "east-1", network: "east-network" },
        mesh: {
            id: "world",
            trustDomain: "mesh.example.com",
            accessLog: true,
            outboundTrafficPolicy: "REGISTRY_ONLY",
        },
    },
    "sizes of its own": {
        sizing: {
            istiod: { minReplicas: 2, maxReplicas: 4, cpu: "250m", memory: "1Gi" },
            proxy: { cpu: "50m", memory: "96Mi" },
            waypoint: { cpu: "60m", memory: "80Mi" },
        },
    },
    "a fixed number of istiods": { sizing: { istiod: { minReplicas: 3, maxReplicas: 3 } } },
    k3s: { cluster: { name: "edge", platform: "k3s" } },
    openshift: { cluster: { name: "edge", platform: "openshift" } },
    gke: { cluster: { name: "edge", platform: "gke" } },
    "tracing and dashboards": { observability: { enabled: true } },
    "certificates by istio-csr": {
        mesh: { ca: { istioCsr: { issuer: { name: "istio-ca" } } } },
    },
    "images of its own": { charts: { hub: "registry.example.com/istio", tag: "1.31.3-fips" } },
};

const SIZES = ["homelab", "production"] as const;
const DATA_PLANES = ["sidecar", "ambient"] as const;

/** Every combination of data plane, size and override. */
export function parityCases(): readonly Case[] {
    return DATA_PLANES.flatMap((dataPlane) =>
        SIZES.flatMap((size) =>
            Object.entries(OVERRIDES).map(([override, overrides]) => ({
                name: `${dataPlane}, ${size}, ${override}`,
                ...{ dataPlane, size, override },
                settings: checked({
                    ...{ dataPlane, size, istioVersion: "1.31.3", kubeContext: "none" },
                    cluster: { name: "homelab-cluster" },
                    namespaces: [{ name: "shop" }],
                    ...overrides,
                }),
            })),
        ),
    );
}

/** Settings that both ways take: what one of them refuses can't be compared. */
function checked(given: Readonly<Record<string, unknown>>): Settings {
    const [helm] = (["helm", "sail"] as const).map((installMethod) => {
        const { settings, problems } = checkSettings({ ...given, installMethod });
        if (settings === undefined) throw new Error(problems.map(problemText).join("\n"));
        return settings;
    });
    if (helm === undefined) throw new Error("no settings");
    return helm;
}
