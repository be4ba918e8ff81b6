import { join } from "node:path";
import { expanded } from "./environment";
import type { Container, Pod } from "./objects";

/** A program to run for a container. */
export interface Program {
    /** File name below the sandbox's folder of living programs. */
    readonly file: "pilot-discovery" | "pilot-agent";
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
}

/** Ports of istiod and the arguments that set where it listens on them. */
const ISTIOD_LISTENERS = {
    httpAddr: 8080,
    grpcAddr: 15010,
    secureGRPCAddr: 15012,
    httpsAddr: 15017,
    monitoringAddr: 15014,
} as const;

/**
 * istiod from its container's own arguments and variables. Only addresses differ: it listens on the pod's
 * loopback address, and reaches the API server by a kubeconfig with the pod's own service account.
 */
export function istiodProgram(
    address: string,
    container: Container,
    env: Readonly<Record<string, string>>,
    kubeconfig: string,
): Program {
    const listeners = Object.entries(ISTIOD_LISTENERS).map(
        ([flag, port]) => `--${flag}=${address}:${port}`,
    );
    return {
        file: "pilot-discovery",
        args: [
            ...(container.args ?? []).map((arg) => expanded(arg, env)),
            ...listeners,
            "--ctrlz_address=127.0.0.1",
            "--ctrlz_port=0",
            `--kubeconfig=${kubeconfig}`,
        ],
        // The chart points KUBECONFIG at an optional Secret; the flag above is the sandbox's.
        env: { ...env, KUBECONFIG: kubeconfig },
    };
}

/** istiod's way to the API server: as the pod's own service account, whose files lie in `folder`. */
export function istiodKubeconfig(server: string, folder: string): object {
    const name = "sandbox";
    const cluster = { server, "certificate-authority": join(folder, "ca.crt") };
    return {
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name, cluster }],
        users: [{ name, user: { tokenFile: join(folder, "token") } }],
        contexts: [{ name, context: { cluster: name, user: name } }],
        "current-context": name,
    };
}

/** The ConfigMaps that an istiod of that environment reads when it starts. */
export function istiodConfigMaps(env: Readonly<Record<string, string>>): readonly string[] {
    const revision = env["REVISION"] ?? "default";
    const suffix = revision === "default" || revision === "" ? "" : `-${revision}`;
    return [`istio${suffix}`, `istio-sidecar-injector${suffix}`];
}

/** Where a proxy finds its surroundings on loopback. */
export interface ProxySurroundings {
    /** The pod's loopback address. */
    readonly address: string;
    /** The slot of the living mesh: see addresses.ts. */
    readonly slot: number;
    /** The program that pilot-agent starts as Envoy. */
    readonly envoy: string;
    /** The real Envoy. */
    readonly realEnvoy: string;
    /** Port of 127.0.0.1 for Envoy's admin interface. */
    readonly adminPort: number;
}

/**
 * What stock Envoy can't do: in an ambient mesh istiod has sidecars take HBONE, by a filter of Istio's own, and Envoy
 * refuses all its listeners for the one.
 */
const STOCK_ENVOY = { ISTIO_META_ENABLE_HBONE: "false" } as const;

function metadataIn({ proxyMetadata }: Readonly<Record<string, unknown>>): object {
    return typeof proxyMetadata === "object" && proxyMetadata !== null ? proxyMetadata : {};
}

/** pilot-agent from its container's own arguments and variables, with addresses of this machine. */
export function proxyProgram(
    container: Container,
    env: Readonly<Record<string, string>>,
    around: ProxySurroundings,
): Program {
    const config = proxyConfigOf(env);
    const discovery = discoveryAddressOf(env);
    const caHost = env["CA_ADDR"] ?? "";
    return {
        file: "pilot-agent",
        args: (container.args ?? []).map((arg) => expanded(arg, env)),
        env: {
            ...env,
            PROXY_CONFIG: JSON.stringify({
                ...config,
                proxyMetadata: { ...metadataIn(config), ...STOCK_ENVOY },
                binaryPath: around.envoy,
                proxyAdminPort: around.adminPort,
                concurrency: 1,
            }),
            LOOPBACK_ENVOY: around.realEnvoy,
            LOOPBACK_SLOT: String(around.slot),
            // istiod's certificate is still checked against its name in the cluster.
            ISTIOD_SAN: hostOf(discovery),
            // Empty means: where discovery is, with the same check.
            CA_ADDR: hostOf(caHost) === hostOf(discovery) ? "" : caHost,
            DNS_PROXY_ADDR: `${around.address}:15053`,
            // No metadata server of a cloud is asked.
            CLOUD_PLATFORM: "none",
            ...STOCK_ENVOY,
        },
    };
}

/** The istiod that a proxy's container names, `host:port` in the cluster's words. */
export function discoveryAddressOf(env: Readonly<Record<string, string>>): string {
    const given = proxyConfigOf(env)["discoveryAddress"];
    return typeof given === "string" ? given : "istiod.istio-system.svc:15012";
}

/** Annotations that pilot-agent reads from the pod's folder and that win over everything else. */
export function proxyAnnotations(
    pod: Pod,
    discoveryAddress: string,
): Readonly<Record<string, string>> {
    return {
        ...pod.metadata.annotations,
        "sidecar.istio.io/discoveryAddress": discoveryAddress,
        // Its status server listens on every address of the machine: envoy-on-loopback answers instead.
        "status.sidecar.istio.io/port": "0",
    };
}

function proxyConfigOf(env: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
    try {
        return JSON.parse(env["PROXY_CONFIG"] ?? "{}") as Record<string, unknown>;
    } catch {
        return {};
    }
}

/** Host of `host:port`. */
export function hostOf(address: string): string {
    return address.split(":")[0] ?? "";
}
