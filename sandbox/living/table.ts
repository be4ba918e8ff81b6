import type { ProxyState } from "./proxies";
import type { PodReport } from "./report";

/** One living pod and what its proxy says. */
export interface Row {
    readonly pod: PodReport;
    readonly state: ProxyState;
}

const HEADS = ["workload", "address", "state", "identity", "certificate until", "mTLS", "proxy"];

/** Why an app has no identity, said once below the table: it is no fault of the mesh. */
const PLAYED =
    "  (1) no sidecar: in a cluster ztunnel gives it identity and mTLS; here its app is reached in plaintext";

/**
 * The living pods as a table; below it why apps without a sidecar show no identity, why those that
 * aren't ready aren't, and what else is wrong.
 */
export function tableOf(rows: readonly Row[], now = new Date()): string {
    const cells = rows.map(({ pod, state }) => [
        pod.pod,
        [pod.address, ...pod.ports.slice(0, 1)].join(":"),
        pod.ready ? "ready" : "not ready",
        state.identity || (pod.role === "app" ? "(1)" : "-"),
        untilOf(state.expires, now),
        state.mtls || "-",
        state.sync || "-",
    ]);
    const widths = HEADS.map((head, column) =>
        Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
    );
    const line = (row: readonly string[]): string =>
        `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd();
    const waiting = rows.filter(({ pod }) => !pod.ready);
    return [
        line(HEADS),
        ...cells.map(line),
        ...(rows.some(({ pod }) => pod.role === "app") ? [PLAYED] : []),
        ...waiting.map(({ pod }) => `  ${pod.pod}: ${pod.reason}`),
        ...rows.flatMap(({ pod }) => (pod.remark === "" ? [] : [`  ${pod.pod}: ${pod.remark}`])),
    ].join("\n");
}

/** The end of a certificate, to the minute; whether it has passed. */
function untilOf(expires: string, now: Date): string {
    if (expires === "") return "-";
    const minute = expires.replace("T", " ").replace(/:\d\d(\.\d+)?Z$/, "Z");
    return Date.parse(expires) < now.getTime() ? `${minute} expired` : minute;
}
