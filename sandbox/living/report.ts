/** What the agent says of one living pod. */
export interface PodReport {
    /** `namespace/name`. */
    readonly pod: string;
    readonly role: "istiod" | "proxy" | "app";
    /** Its loopback address. */
    readonly address: string;
    readonly ready: boolean;
    readonly reason: string;
    readonly pids: readonly number[];
    /** Ports of its app. */
    readonly ports: readonly number[];
    readonly adminPort?: number;
}
