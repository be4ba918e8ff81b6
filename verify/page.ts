/** A report as a page: the verdict, what is wrong, and every workload by namespace. */
import { grouped } from "../policy/grouped";
import { code, strong } from "../review/page/blocks";
import type { Block, Text } from "../review/page/blocks";
import { plural } from "../review/page/plural";
import type { Weight } from "./findings";
import { ofWeight } from "./report";
import type { MeshReport } from "./report";
import type { WorkloadRow } from "./workloads";

const TITLES: Readonly<Record<Weight, string>> = {
    fault: "Not as asked for",
    restart: "Waits for a restart",
    weakness: "As asked for, and plaintext is taken",
};

/** A report on a cluster, which `target` names in words. */
export function pageOf(report: MeshReport, target: string): readonly Block[] {
    const count = (weight: Weight) => ofWeight(report, weight).length;
    const verdict =
        report.findings.length === 0
            ? "All traffic that is asked to be mutual TLS is. "
            : `${plural(count("fault"), "fault")}, ${count("restart")} to restart, ${count("weakness")} that ${count("weakness") === 1 ? "takes" : "take"} plaintext. `;
    return [
        { heading: "The mesh as it runs", level: 2 },
        { text: [strong(verdict), `Read from ${target}; nothing was changed.`] },
        ...(report.askedIstiod
            ? []
            : [
                  {
                      text: [
                          "istiod itself wasn't asked which proxies it knows: that takes the right to pods/proxy in its namespace, and a way from the API server to its port 15014.",
                      ],
                  } as const,
              ]),
        ...(["fault", "restart", "weakness"] as const).flatMap((weight) =>
            findingBlocks(report, weight),
        ),
        ...[...grouped(report.workloads, ({ namespace }) => [namespace])].flatMap(
            ([namespace, rows]): readonly Block[] => [
                { heading: `Namespace ${namespace}`, level: 3 },
                {
                    head: [
                        "workload",
                        "pods",
                        "data plane",
                        "takes",
                        "by",
                        "waypoint",
                        "proxies",
                        "to do",
                    ],
                    rows: rows.map(rowText),
                },
            ],
        ),
    ];
}

function findingBlocks(report: MeshReport, weight: Weight): readonly Block[] {
    const findings = ofWeight(report, weight);
    if (findings.length === 0) return [];
    return [
        { heading: TITLES[weight], level: 3 },
        {
            items: findings.map(({ check, subject, what, fix, pods }): Text => [
                code(subject),
                `: ${what}${pods === undefined ? "" : ` Pods: ${pods.join(", ")}.`} Fix: ${fix} (${check})`,
            ]),
        },
    ];
}

function rowText(row: WorkloadRow): readonly Text[] {
    const { workload, pods, plane, takes, by, waypoint, proxies, restart } = row;
    return [
        [code(workload)],
        [String(pods)],
        [plane],
        [takes],
        [by],
        [waypoint],
        [proxies],
        [restart ? "restart" : ""],
    ];
}
