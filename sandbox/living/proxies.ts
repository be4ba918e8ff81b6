import { loopbackGet } from "./loopback-get";
import type { PodReport } from "./report";

/** What a living proxy says of itself. */
export interface ProxyState {
    /** SPIFFE identity of its certificate. */
    readonly identity: string;
    /** When the certificate expires. */
    readonly expires: string;
    /** What it takes from its clients: mTLS only, mTLS and plaintext, plaintext only. */
    readonly mtls: "strict" | "permissive" | "off" | "";
    /** Whether it took istiod's last configuration: as istiod sees it, and what Envoy refused. */
    readonly sync: string;
}

/** The state of a pod without a proxy. */
export const NO_PROXY: ProxyState = { identity: "", expires: "", mtls: "", sync: "" };

/** Asks every proxy's Envoy, and every istiod about its proxies. Fields stay empty where none answers. */
export async function proxyStates(pods: readonly PodReport[]): Promise<readonly ProxyState[]> {
    const istiods = pods.filter(({ role }) => role === "istiod");
    const views = await Promise.all(istiods.map(({ address }) => syncz(address)));
    const view = new Map(views.flatMap((text) => [...syncStatesIn(text)]));
    return Promise.all(
        pods.map(async ({ pod, role, adminPort }) => {
            if (role !== "proxy") return NO_PROXY;
            const [certs, listeners, stats] = await Promise.all(
                [
                    "/certs",
                    "/config_dump?resource=dynamic_listeners",
                    "/stats?filter=^(listener_manager.lds|cluster_manager.cds)[.]&format=json",
                ].map((path) => said(`http://127.0.0.1:${adminPort ?? 0}${path}`)),
            );
            const states = [view.get(pod) ?? "unknown to istiod", refusedIn(stats ?? "")];
            return {
                ...certificateIn(certs ?? ""),
                mtls: mtlsIn(listeners ?? ""),
                sync: states.filter((state) => state !== "").join(", "),
            };
        }),
    );
}

/** istiod's own view of its proxies, on its monitoring port as `istioctl proxy-status` asks for it. */
function syncz(address: string): Promise<string> {
    return said(`http://${address}:15014/debug/syncz`);
}

interface Certs {
    readonly certificates?: readonly {
        readonly cert_chain?: readonly {
            readonly expiration_time: string;
            readonly subject_alt_names?: readonly { readonly uri?: string }[];
        }[];
    }[];
}

/** Identity and expiry of the workload's certificate in the answer of `/certs`. */
export function certificateIn(text: string): Pick<ProxyState, "identity" | "expires"> {
    const { certificates = [] } = parsed<Certs>(text);
    for (const { cert_chain = [] } of certificates) {
        for (const { expiration_time, subject_alt_names = [] } of cert_chain) {
            const uri = subject_alt_names.find((name) => name.uri?.startsWith("spiffe://"))?.uri;
            if (uri !== undefined) return { identity: uri, expires: expiration_time };
        }
    }
    return { identity: "", expires: "" };
}

interface Listeners {
    readonly configs?: readonly {
        readonly name?: string;
        readonly active_state?: {
            readonly listener?: {
                readonly filter_chains?: readonly { readonly transport_socket?: object }[];
            };
        };
    }[];
}

/** What the inbound listener's filter chains let in; empty for a gateway, which has none. */
export function mtlsIn(text: string): ProxyState["mtls"] {
    const { configs = [] } = parsed<Listeners>(text);
    const inbound = configs.find(({ name }) => name === "virtualInbound");
    const chains = inbound?.active_state?.listener?.filter_chains ?? [];
    if (chains.length === 0) return "";
    const secure = chains.filter((chain) => chain.transport_socket !== undefined).length;
    if (secure === chains.length) return "strict";
    return secure === 0 ? "off" : "permissive";
}

interface Stats {
    readonly stats?: readonly { readonly name?: string; readonly value?: number }[];
}

/** What Envoy refused of istiod's configuration; empty when it took everything. */
export function refusedIn(text: string): string {
    const { stats = [] } = parsed<Stats>(text);
    const kinds = { listeners: "listener_manager.lds", clusters: "cluster_manager.cds" };
    const refused = Object.entries(kinds).filter(([, name]) =>
        stats.some((stat) => stat.name === `${name}.update_rejected` && (stat.value ?? 0) > 0),
    );
    return refused.map(([kind]) => `Envoy refused ${kind}`).join(", ");
}

/** Kinds of configuration that every Envoy asks for, in istiod's words. */
const KINDS = { cluster: "CDS", endpoint: "EDS", listener: "LDS", route: "RDS" } as const;

type SyncStatus = Readonly<Record<`${keyof typeof KINDS}_${"sent" | "acked"}`, string>> & {
    readonly proxy: string;
};

/**
 * istiod's view of each proxy, by `namespace/pod`: `synced` when every kind that it sent was taken, else
 * which were not.
 */
export function syncStatesIn(text: string): ReadonlyMap<string, string> {
    const list = parsed<readonly Partial<SyncStatus>[]>(text);
    return new Map(
        (Array.isArray(list) ? (list as readonly Partial<SyncStatus>[]) : []).map((one) => {
            const [, name = "", namespace = ""] = /^(.+)\.([^.]+)$/.exec(one.proxy ?? "") ?? [];
            const waiting = Object.entries(KINDS).filter(([kind]) => {
                const sent = one[`${kind as keyof typeof KINDS}_sent`] ?? "";
                return sent !== "" && sent !== one[`${kind as keyof typeof KINDS}_acked`];
            });
            const state = waiting.map(([, short]) => `${short} not taken`).join(", ");
            return [`${namespace}/${name}`, state || "synced"];
        }),
    );
}

function parsed<T extends object>(text: string): Partial<T> {
    try {
        return JSON.parse(text) as Partial<T>;
    } catch {
        return {};
    }
}

function said(url: string): Promise<string> {
    return loopbackGet(url).then(
        ({ status, body }) => (status === 200 ? body : ""),
        () => "",
    );
}
