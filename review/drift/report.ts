import type { Block, Text } from "../page/blocks";
import { code, strong } from "../page/blocks";
import type { Finding } from "./findings";

/** What a drift report knows. */
export interface DriftReport {
    readonly stack: string;
    readonly target: string;
    /** Objects that were compared. */
    readonly compared: number;
    readonly findings: readonly Finding[];
    /** What isn't known and why; empty when everything is. */
    readonly gaps: readonly string[];
}

/** What of a report is drift, and not as it should be. */
export function driftIn({ findings }: DriftReport): readonly Finding[] {
    return findings.filter(({ expected }) => expected === undefined);
}

/** A drift report as a page. */
export function driftPage(report: DriftReport): readonly Block[] {
    const { stack, target, compared, findings, gaps } = report;
    const drift = driftIn(report);
    const quiet = findings.filter(({ expected }) => expected !== undefined);
    const verdict =
        gaps.length > 0
            ? "Not everything could be compared. "
            : drift.length === 0
              ? "No drift. "
              : `${drift.length} difference${drift.length === 1 ? "" : "s"} that nobody is expected to make. `;
    return [
        { heading: `Drift of stack ${stack}`, level: 2 },
        { text: [strong(verdict), `${compared} objects compared, on ${target}.`] },
        ...(gaps.length === 0 ? [] : [{ items: gaps.map((gap): Text => [gap]) }]),
        ...(drift.length === 0
            ? []
            : [
                  {
                      head: ["object", "field", "the stack left", "the cluster has", "who"],
                      rows: drift.map(({ object, path, was, is, culprit }): readonly Text[] => [
                          [code(object)],
                          path === "" ? ["the whole object"] : [code(path)],
                          [code(was)],
                          [code(is)],
                          [culprit],
                      ]),
                  },
                  {
                      text: [
                          "The next update sets every field back that the stack states. To keep a change, put it into the stack's settings; to take it back now, run pulumi up.",
                      ],
                  } as const,
              ]),
        ...(quiet.length === 0
            ? []
            : [
                  {
                      folded: `${quiet.length} expected difference${quiet.length === 1 ? "" : "s"}`,
                      blocks: [
                          {
                              items: quiet.map(({ object, path, expected = "" }): Text => [
                                  code(object),
                                  " ",
                                  code(path),
                                  `: ${expected}`,
                              ]),
                          },
                      ],
                  },
              ]),
    ];
}
