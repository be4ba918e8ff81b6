/** How many lines of a log's end are looked at. */
const LINES = 200;
/** The longest excerpt, in characters. */
export const LONGEST = 300;

/** Lines that say why something does not work: Istio's own, and Envoy's about what it refuses of istiod. */
const COMPLAINTS =
    /\t(error|warn|critical|fatal)\t|\twarning\tenvoy config .* rejected: |^Error: |^panic: |^envoy-on-loopback: /;
/** Advice, and consequences of something else. */
const ADVICE = /deprecated|envoy config .*gRPC config stream|cpu limit|Envoy exited with error/i;

/**
 * The last error or warning that Istio's programs or Envoy wrote, without time and source; empty when the
 * end of the log has none.
 */
export function lastComplaint(log: string): string {
    const complaint = log
        .trimEnd()
        .split("\n")
        .slice(-LINES)
        .filter((line) => COMPLAINTS.test(line) && !ADVICE.test(line))
        .at(-1);
    if (complaint === undefined) return "";
    return complaint
        .replace(/^\S+Z\t(error|warn|warning|critical|fatal)\t/, "")
        .replace(/^envoy \S+ \S+\t/, "")
        .replace(/\t/g, " ")
        .trim()
        .slice(0, LONGEST);
}

/** Why istiod refused proxies of a cluster: its last words on a cluster that it does not know; else empty. */
export function refusalIn(istiodLog: string, clusterId: string): string {
    const claim = `client claims to be in cluster "${clusterId}"`;
    const line = lastWith(istiodLog, claim);
    return line.slice(line.indexOf(claim)).slice(0, LONGEST);
}

/** The last line of a log that has a text in it; empty when none has. */
export function lastWith(log: string, text: string): string {
    return (
        log
            .split("\n")
            .filter((line) => line.includes(text))
            .at(-1) ?? ""
    );
}
