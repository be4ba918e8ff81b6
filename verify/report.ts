/** From a cluster's objects to what is wrong with its mesh. Pure: the same objects give the same report. */
import { clientFindings } from "./clients";
import { weightOf } from "./findings";
import type { Finding, Weight } from "./findings";
import { ztunnelFindings } from "./identity";
import { labelFindings } from "./labels";
import { stackOf } from "./live";
import type { Snapshot } from "./live";
import { hasControlPlane, rowsOf, workloadFindings } from "./workloads";
import type { WorkloadRow } from "./workloads";

/** What verify knows of a mesh. */
export interface MeshReport {
    readonly workloads: readonly WorkloadRow[];
    /** Faults first, then what must be restarted, then weaknesses. */
    readonly findings: readonly Finding[];
    /** Whether istiods were asked which proxies they know. */
    readonly askedIstiod: boolean;
}

const WEIGHTS: readonly Weight[] = ["fault", "restart", "weakness"];

/** Judges a cluster. Empty where it has no istiod: then there is no mesh to judge. */
export function reportOf({ objects, connected }: Snapshot): MeshReport | undefined {
    const stack = stackOf(objects);
    if (!hasControlPlane(stack)) return undefined;
    const findings = [
        ...labelFindings(stack),
        ...ztunnelFindings(stack),
        ...workloadFindings(stack, connected),
        ...clientFindings(stack),
    ].sort(
        (a, b) =>
            WEIGHTS.indexOf(weightOf(a)) - WEIGHTS.indexOf(weightOf(b)) ||
            (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
    );
    const restarting = findings.filter((finding) => weightOf(finding) === "restart");
    return {
        workloads: rowsOf(stack, new Set(restarting.map(({ subject }) => subject))),
        findings,
        askedIstiod: connected !== undefined,
    };
}

/** Findings of a weight. */
export function ofWeight({ findings }: MeshReport, weight: Weight): readonly Finding[] {
    return findings.filter((finding) => weightOf(finding) === weight);
}

/** 0 when all is well, 3 when it isn't; weaknesses count where they are asked to. */
export function exitCodeOf({ findings }: MeshReport, strict: boolean): 0 | 3 {
    return findings.some((finding) => strict || weightOf(finding) !== "weakness") ? 3 : 0;
}
