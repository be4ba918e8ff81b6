/** What the agent says of one living pod. */
export interface PodReport {
    /** `namespace/name`. */
    readonly pod: string;
    readonly role: "istiod" | "proxy" | "app";
    /** Its loopback address. */
    readonly address: string;
    readonly ready: boolean;
    /** Why it is not ready. */
    readonly reason: string;
    /** What people should know though it is ready; mostly empty. */
    readonly remark: string;
    readonly pids: readonly number[];
    /** Ports of its app. */
    readonly ports: readonly number[];
    /** Port of 127.0.0.1 with its Envoy's admin interface. */
    readonly adminPort?: number;
}

/** What the agent saw at its last look. */
export interface LivingReport {
    /** The agent's process. */
    readonly pid: number;
    /** Which part of 127.0.0.0/8 it has: see addresses.ts. */
    readonly slot: number;
    readonly pods: readonly PodReport[];
    /** Services' ports that could not be opened, and why. */
    readonly closed: Readonly<Record<string, string>>;
}
