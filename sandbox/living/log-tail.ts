/** How many lines of a log's end are looked at. */
const LINES = 200;
/** The longest excerpt, in characters. */
const LONGEST = 300;

/**
 * The last error or warning that Istio's programs or Envoy wrote, without time and source; empty when the
 * end of the log has none. Only what says why it does not work counts, not Envoy's advice.
 */
export function lastComplaint(log: string): string {
    const lines = log.trimEnd().split("\n").slice(-LINES);
    const complaint = lines
        .filter((line) =>
            /\t(error|warn|critical|fatal)\t|^Error: |^panic: |^envoy-on-loopback: /.test(line),
        )
        .filter((line) => !/deprecated|envoy config .*gRPC config stream|cpu limit/i.test(line))
        .at(-1);
    if (complaint === undefined) return "";
    return complaint
        .replace(/^\S+Z\t(error|warn|critical|fatal)\t/, "")
        .replace(/\t/g, " ")
        .trim()
        .slice(0, LONGEST);
}

/** Why istiod refused proxies of a cluster: its last words on a cluster that it does not know; else empty. */
export function refusalIn(istiodLog: string, clusterId: string): string {
    const claim = `client claims to be in cluster "${clusterId}"`;
    const line = istiodLog
        .split("\n")
        .filter((text) => text.includes(claim))
        .at(-1);
    return line === undefined ? "" : line.slice(line.indexOf(claim)).slice(0, LONGEST);
}

/**
 * What istiod says of a mesh configuration that it ignores, since `changed` (milliseconds of the epoch); empty when
 * it took it. It starts and stays ready with such a one, on what it knew before or on its defaults.
 */
export function ignoredConfigIn(istiodLog: string, changed: number): string {
    const line = istiodLog
        .split("\n")
        .filter((text) => text.includes("\tinvalid mesh config"))
        .filter((text) => Date.parse(text.split("\t")[0] ?? "") >= changed)
        .at(-1);
    return line === undefined ? "" : line.slice(line.indexOf("invalid mesh")).slice(0, LONGEST);
}
