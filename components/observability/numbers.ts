import type { Size } from "../../settings/schema";
import type { Requests } from "../plan/sizing";

/** What each tool asks for. */
export interface ToolNumbers {
    readonly prometheus: Requests & {
        readonly replicas: number;
        readonly retention: string;
        readonly storage?: string;
    };
    readonly prometheusOperator: Requests;
    readonly grafana: Requests & { readonly storage?: string };
    readonly jaeger: Requests & { readonly storage?: string };
    readonly kiali: Requests & { readonly replicas: number };
    readonly kialiOperator: Requests;
    /** Percentage of requests that are traced. */
    readonly sampling: number;
}

/** Demo-grade: nothing survives its pod, every request is traced. Production-grade: volumes and replicas. */
export const TOOL_NUMBERS: Readonly<Record<Size, ToolNumbers>> = {
    homelab: {
        prometheus: { replicas: 1, retention: "2d", cpu: "50m", memory: "256Mi" },
        prometheusOperator: { cpu: "10m", memory: "64Mi" },
        grafana: { cpu: "20m", memory: "128Mi" },
        jaeger: { cpu: "20m", memory: "128Mi" },
        kiali: { replicas: 1, cpu: "10m", memory: "64Mi" },
        kialiOperator: { cpu: "10m", memory: "64Mi" },
        sampling: 100,
    },
    production: {
        prometheus: { replicas: 2, retention: "15d", cpu: "500m", memory: "2Gi", storage: "50Gi" },
        prometheusOperator: { cpu: "50m", memory: "128Mi" },
        grafana: { cpu: "100m", memory: "256Mi", storage: "10Gi" },
        jaeger: { cpu: "200m", memory: "1Gi", storage: "20Gi" },
        kiali: { replicas: 2, cpu: "100m", memory: "256Mi" },
        kialiOperator: { cpu: "10m", memory: "64Mi" },
        sampling: 1,
    },
};
