import { get } from "node:http";
import type { PodReport } from "./report";

/** What a living proxy says of itself. */
export interface ProxyState {
    /** SPIFFE identity of its certificate. */
    readonly identity: string;
    /** When the certificate expires. */
    readonly expires: string;
    /** What it takes from its clients: mTLS only, mTLS and plaintext, plaintext only. */
    readonly mtls: "strict" | "permissive" | "off" | "";
    /** Whether it took istiod's last configuration. */
    readonly sync: string;
}

/** Asks a proxy's Envoy. Fields stay empty where it does not answer. */
export async function proxyState({ adminPort }: PodReport): Promise<ProxyState> {
    if (adminPort === undefined) return { identity: "", expires: "", mtls: "", sync: "" };
    const [certs, listeners, stats] = await Promise.all([
        admin(adminPort, "/certs"),
        admin(adminPort, "/config_dump?resource=dynamic_listeners"),
        admin(
            adminPort,
            "/stats?filter=^(listener_manager.lds|cluster_manager.cds)[.]&format=json",
        ),
    ]);
    return { ...certificateIn(certs), mtls: mtlsIn(listeners), sync: syncIn(stats) };
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

/** `synced`, or what Envoy refused. */
export function syncIn(text: string): string {
    const { stats = [] } = parsed<Stats>(text);
    const value = (name: string): number => stats.find((stat) => stat.name === name)?.value ?? 0;
    const kinds = { LDS: "listener_manager.lds", CDS: "cluster_manager.cds" };
    const states = Object.entries(kinds).map(([kind, name]) => {
        if (value(`${name}.update_success`) === 0) return `${kind} waiting`;
        return value(`${name}.update_rejected`) > 0 ? `${kind} refused` : "";
    });
    return states.filter((state) => state !== "").join(", ") || "synced";
}

function parsed<T extends object>(text: string): Partial<T> {
    try {
        return JSON.parse(text) as Partial<T>;
    } catch {
        return {};
    }
}

function admin(port: number, path: string): Promise<string> {
    return new Promise((done) => {
        const call = get({ host: "127.0.0.1", port, path, timeout: 2_000 }, (response) => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("end", () => {
                done(Buffer.concat(parts).toString("utf8"));
            });
        });
        call.on("timeout", () => call.destroy(new Error("no answer")));
        call.on("error", () => {
            done("");
        });
    });
}
