/** The sections about policies, versions, capacity and cost. */
import { PUBLISHED } from "../meaning/comparison";
import type { CapacityLine, Demand, Total } from "../meaning/capacity";
import { changes } from "../meaning/capacity";
import type { Prices } from "../meaning/prices";
import { monthly } from "../meaning/prices";
import type { Amount } from "../meaning/quantities";
import { cpuText, memoryText } from "../meaning/quantities";
import type { Review } from "../review";
import { code, strong } from "./blocks";
import type { Block, Text } from "./blocks";
import { plural } from "./plural";
import type { Section } from "./section";

/** What policies found, each with its fix. */
export function policySection({ findings }: Review): Section {
    return {
        title: "Policies",
        importance: 80,
        size: findings.length,
        render: (limit) =>
            findings.length === 0
                ? [{ text: ["No policy objects."] }]
                : [
                      {
                          items: findings
                              .slice(0, limit)
                              .map((finding): Text => [
                                  strong(finding.blocks ? "blocks" : "advises"),
                                  " ",
                                  finding.url === undefined
                                      ? code(finding.policy)
                                      : { link: finding.policy, to: finding.url },
                                  ...(finding.resource === undefined
                                      ? []
                                      : [" on ", code(finding.resource)]),
                                  `: ${finding.message}`,
                                  ...(finding.fix === undefined ? [] : [` Fix: ${finding.fix}`]),
                              ]),
                      },
                  ],
    };
}

/** Versions before and after, with what is to be known of them. */
export function versionSection({ versions }: Review): Section {
    return {
        title: "Versions",
        importance: 50,
        size: versions.length,
        render: (limit) =>
            versions.length === 0
                ? [{ text: ["No part of Istio is in this stack."] }]
                : [
                      {
                          head: ["part", "before", "after", "to know"],
                          rows: versions
                              .slice(0, limit)
                              .map(({ what, before, after, note }) => [
                                  [what],
                                  [before ?? "(none)"],
                                  [after ?? "(none)"],
                                  [note ?? ""],
                              ]),
                      },
                  ],
    };
}

/** Requests and limits before and after, and what they cost. */
export function capacitySection({ capacity }: Review, prices: Prices | undefined): Section {
    const changed = capacity.lines.filter(changes);
    const totals: readonly (readonly Text[])[] = [
        totalRow("per node", capacity.perNode.before, capacity.perNode.after),
        totalRow("not per node", capacity.fixed.before, capacity.fixed.after),
        ...(capacity.all === undefined
            ? []
            : [
                  totalRow(
                      capacity.nodes === undefined
                          ? "in all"
                          : `in all, on ${plural(capacity.nodes, "node")}`,
                      capacity.all.before,
                      capacity.all.after,
                  ),
              ]),
    ];
    return {
        title: "Capacity",
        importance: 40,
        size: changed.length,
        render: (limit) => [
            {
                head: ["", "requested before", "requested after", "limits before", "limits after"],
                rows: totals,
            },
            ...(changed.length === 0 || limit === 0
                ? []
                : [
                      {
                          head: ["changed", "before", "after"],
                          rows: changed.slice(0, limit).map(lineRow),
                      },
                  ]),
            ...(capacity.all === undefined
                ? [{ text: ["The number of nodes isn't known: no sum over nodes."] }]
                : []),
            ...(prices === undefined || capacity.all === undefined
                ? []
                : [costBlock(capacity.all, prices)]),
        ],
    };
}

function totalRow(what: string, before: Total, after: Total): readonly Text[] {
    return [
        [what],
        [rangeText(before)],
        [rangeText(after)],
        [amountText(before.limits)],
        [amountText(after.limits)],
    ];
}

function rangeText({ least, most }: Total): string {
    const [low, high] = [amountText(least), amountText(most)];
    return low === high ? low : `${low} to ${high}`;
}

export function amountText({ cpu, memory }: Amount): string {
    return `${cpuText(cpu)} CPU, ${memoryText(memory)}`;
}

function lineRow({ what, perNode, before, after }: CapacityLine): readonly Text[] {
    return [[code(what)], [demandText(before, perNode)], [demandText(after, perNode)]];
}

function demandText(demand: Demand | undefined, perNode: boolean): string {
    if (demand === undefined) return "(none)";
    const { requests, limits, pods } = demand;
    const [least, most] = pods;
    const count = perNode
        ? "1 per node"
        : least === most
          ? plural(least, "pod")
          : `${least} to ${most} pods`;
    const limit = limits.cpu + limits.memory === 0 ? "" : `, limited to ${amountText(limits)}`;
    return `${count} of ${amountText(requests)}${limit}`;
}

function costBlock(all: { before: Total; after: Total }, prices: Prices): Block {
    const cost = (total: Total) =>
        `${monthly(total.least, prices)} to ${monthly(total.most, prices)}`;
    return {
        text: [
            `Requested capacity costs ${cost(all.before)} before and ${cost(all.after)} after, ${prices.currency} per month at the given prices.`,
        ],
    };
}

/** Both data planes for the same workloads. */
export function comparisonSection({ comparison }: Review): Section | undefined {
    if (comparison === undefined) return undefined;
    const { pods, namespaces, nodes } = comparison;
    const row = (what: string, requested: Amount, used: Amount): readonly Text[] => [
        [what],
        [amountText(requested)],
        [amountText(used)],
    ];
    const onNodes = nodes === undefined ? "on each node" : `on ${plural(nodes, "node")}`;
    return {
        title: "Sidecar or ambient",
        importance: 20,
        size: 1,
        render: (limit) =>
            limit === 0
                ? []
                : [
                      {
                          head: [
                              `${plural(pods, "pod")} in ${plural(namespaces, "namespace")}`,
                              "requested",
                              "used at 1,000 requests/s per pod",
                          ],
                          rows: [
                              row("sidecars", comparison.sidecar, comparison.usedBySidecars),
                              row(
                                  `ambient, L4 (ztunnel and CNI agent ${onNodes})`,
                                  comparison.ambient,
                                  comparison.usedByZtunnels,
                              ),
                              row(
                                  "and a waypoint per namespace for L7",
                                  comparison.waypoints,
                                  comparison.usedByWaypoints,
                              ),
                          ],
                      },
                      {
                          text: [
                              "Requested by this stack's own numbers. Used: per proxy at 1,000 requests of 1 KB per second, as ",
                              { link: "published by Istio for 1.24", to: PUBLISHED.source },
                              `: sidecar ${amountText(PUBLISHED.sidecar)}, waypoint ${amountText(PUBLISHED.waypoint)}, ztunnel ${amountText(PUBLISHED.ztunnel)}.`,
                          ],
                      },
                  ],
    };
}
