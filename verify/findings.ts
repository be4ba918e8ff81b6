/** What verify can find, each with its name, its weight and the sentence of the guide. */

/**
 * `fault`: traffic isn't what was asked for. `restart`: pods run with what was asked for before. `weakness`: as
 * asked for, and plaintext is taken.
 */
export type Weight = "fault" | "restart" | "weakness";

export const CHECKS = {
    "client-tls": [
        "fault",
        "A DestinationRule has clients speak another TLS than the server takes.",
    ],
    "cluster-name": ["fault", "A ztunnel or proxy names another cluster than istiod knows."],
    "conflicting-labels": ["fault", "A namespace asks for sidecars and ambient at once."],
    "no-auto-mtls": ["fault", "The mesh's configuration turns automatic mutual TLS off."],
    "no-injector": ["fault", "A namespace or pod asks for a revision that nobody injects."],
    "no-sidecar": ["fault", "A pod has no sidecar though it or its namespace asks for one."],
    "no-waypoint": [
        "fault",
        "A namespace, Service or pod names a waypoint that isn't there or isn't ready.",
    ],
    "no-ztunnel": ["fault", "A node runs ambient pods and no ready ztunnel."],
    "not-captured": [
        "fault",
        "A pod isn't led through ztunnel though it or its namespace asks for it.",
    ],
    "not-connected": [
        "fault",
        "No istiod knows a proxy, or the proxy hasn't taken what istiod sent.",
    ],
    "plaintext-only": [
        "fault",
        "A PeerAuthentication turns mutual TLS off where a sidecar would have it.",
    ],
    "proxy-ahead": ["fault", "A proxy or ztunnel is of a newer release than its istiod."],
    "untrusted-ztunnel": [
        "fault",
        "istiod doesn't trust the account of a ztunnel, so it gives no certificates.",
    ],
    "old-revision": [
        "restart",
        "A pod was injected by another revision than its labels ask for now.",
    ],
    "old-version": ["restart", "A sidecar is of another release than the istiod of its revision."],
    "other-data-plane": [
        "restart",
        "A pod still has a sidecar that its labels don't ask for any more.",
    ],
    "without-hbone": [
        "restart",
        "A sidecar was injected before the mesh had ambient: to ambient pods it speaks plaintext.",
    ],
    "outside-by-choice": ["weakness", "A pod opted out of its namespace's data plane."],
    "plaintext-taken": [
        "weakness",
        "A workload takes mutual TLS and plaintext: anyone who reaches it may call it.",
    ],
    "tls-of-its-own": [
        "weakness",
        "Clients speak TLS of their own to a workload of the mesh, without its identities.",
    ],
} as const satisfies Readonly<Record<string, readonly [Weight, string]>>;

export type CheckName = keyof typeof CHECKS;

/** One thing that isn't as it should be. */
export interface Finding {
    readonly check: CheckName;
    /** The object, as kubectl would name it: `Deployment shop/cart`. */
    readonly subject: string;
    /** What is so, and why that matters. One sentence. */
    readonly what: string;
    readonly fix: string;
    /** Pods that it is about, sorted, where the subject has several and not all are. */
    readonly pods?: readonly string[];
}

export function weightOf({ check }: Finding): Weight {
    return CHECKS[check][0];
}
