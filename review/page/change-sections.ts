/** The sections about what changes, what it hits and in which order. */
import { CLASS_MEANINGS, CLASSES } from "../classes/classes";
import type { ClassName } from "../classes/classes";
import type { Classified, Reason } from "../classes/classify";
import { pathText } from "../events/paths";
import type { Difference } from "../events/paths";
import type { Value } from "../events/tree";
import type { Impact } from "../meaning/radius";
import type { Review } from "../review";
import { code, strong } from "./blocks";
import type { Block, Span, Text } from "./blocks";
import { orderPicture } from "./order-picture";
import { plural } from "./plural";
import type { Section } from "./section";
import { valueText } from "./value-text";

/** How a change is named: kind, namespace and name, or the engine's name for what is no object. */
export function subjectOf({ change: { object, name } }: Classified): string {
    if (object === undefined) return name;
    return `${object.kind} ${object.namespace === "" ? "" : `${object.namespace}/`}${object.name}`;
}

/** `path: before -> after`. */
export function differenceText({ path, before, after, unknown }: Difference): string {
    const now = unknown ? "(known after the update)" : valueText(after);
    // Where pods are told everything, only the end of a path tells anything.
    return `${pathText(path).replace(/^spec\.template\.spec\./, "")}: ${valueText(before)} -> ${now}`;
}

function reasonText(reason: Reason, most: number): Text {
    const shown = reason.differences.slice(0, most);
    const more = reason.differences.length - shown.length;
    const values = shown.map((each) => code(differenceText(each)));
    return [
        reason.means,
        ...(values.length === 0
            ? []
            : [
                  " (",
                  ...values.flatMap((value, index) => (index === 0 ? [value] : [", ", value])),
                  more > 0 ? ` and ${more} more)` : ")",
              ]),
        ...(reason.differences.some(({ unknown }) => unknown)
            ? [" The worst case is shown: the value is known only after the update."]
            : []),
    ];
}

/** Changes class by class, each under its gravest; those that do nothing only by count. */
export function changesSection(review: Review): Section {
    const grave = review.changes.filter(({ classes }) => classes.at(-1) !== "nothing");
    const quiet = review.changes.filter(({ classes }) => classes.at(-1) === "nothing");
    return {
        title: "What changes",
        importance: 90,
        size: grave.length,
        render: (limit) => {
            const shown = grave.slice(0, limit);
            const blocks = [...CLASSES].reverse().flatMap((name): readonly Block[] => {
                const items = shown.filter(({ classes }) => classes.at(-1) === name);
                if (items.length === 0) return [];
                const { title, means } = CLASS_MEANINGS[name];
                return [
                    { heading: `${title} (${items.length})`, level: 4 },
                    { text: [means] },
                    { items: items.flatMap((item) => changeItems(item)) },
                ];
            });
            return [
                ...(grave.length === 0 && review.changes.length === 0
                    ? [{ text: ["Nothing changes."] }]
                    : []),
                ...blocks,
                ...(quiet.length === 0
                    ? []
                    : [
                          {
                              text: [
                                  `${CLASS_MEANINGS.nothing.title}: ${plural(quiet.length, "change")} that no running proxy, istiod or workload of the mesh notices (${counted(quiet)}).`,
                              ],
                          },
                      ]),
            ];
        },
    };
}

function changeItems(item: Classified): readonly Text[] {
    const { change, classes } = item;
    const others = classes.slice(0, -1);
    const grave = item.reasons.filter(({ classes: own }) => own.some((name) => name !== "nothing"));
    const reasons = grave.length > 0 ? grave : item.reasons;
    const marks = [
        ...(change.protected && (change.op === "delete" || change.op === "replace")
            ? ["It is protected: the engine will refuse."]
            : []),
        ...(others.length > 0 ? [`Also: ${others.map(titleOf).join(", ")}.`] : []),
    ];
    return [
        [
            strong(change.byOperator ? `operator: ${change.op}` : change.op),
            " ",
            code(subjectOf(item)),
            ": ",
            ...reasons.flatMap((reason, index) => [
                ...(index > 0 ? [" "] : []),
                ...reasonText(reason, 3),
            ]),
            ...(marks.length > 0 ? [` ${marks.join(" ")}`] : []),
        ],
    ];
}

function titleOf(name: ClassName): string {
    return CLASS_MEANINGS[name].title;
}

/** Kinds with their number, the most frequent first: `3 ConfigMap, 1 Role`. */
function counted(changes: readonly Classified[]): string {
    const counts = new Map<string, number>();
    for (const { change } of changes) {
        const kind = `${change.op} ${change.object?.kind ?? change.type}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return [...counts]
        .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
        .map(([kind, count]) => `${count} ${kind}`)
        .join(", ");
}

/** Which namespaces and workloads are hit, and how. */
export function radiusSection({ impacts, cluster, unread }: Review): Section {
    const basis =
        cluster === undefined
            ? `Computed from the stack alone${unread === undefined ? "" : ` (${unread})`}: what others run in these namespaces isn't known.`
            : `Computed from the stack and from the cluster (${plural(cluster.nodes.length, "node")}, ${plural(cluster.workloads.length, "workload")}).`;
    return {
        title: "Blast radius",
        importance: 85,
        size: impacts.length,
        render: (limit) =>
            impacts.length === 0
                ? [{ text: ["No namespace and no workload is hit. ", basis] }]
                : [filled(IMPACT_HEAD, impacts.slice(0, limit).map(impactRow)), { text: [basis] }],
    };
}

const IMPACT_HEAD = [
    ...["namespace", "data plane", "restarts", "must be restarted"],
    ...["connections cut", "loses mTLS", "loses L7"],
];

/** A table without the columns that say nothing. */
function filled(head: readonly string[], rows: readonly (readonly Text[])[]): Block {
    const columns = head.flatMap((_, column) =>
        rows.some((row) => row[column]?.some((span) => span !== "")) ? [column] : [],
    );
    return {
        head: columns.map((column) => head[column] ?? ""),
        rows: rows.map((row) => columns.map((column) => row[column] ?? [])),
    };
}

function impactRow(impact: Impact): readonly Text[] {
    const { namespace, from, to, restarts, mustRestart, cut, losesMtls, losesL7, deleted } = impact;
    const names = (list: readonly string[]): Text =>
        list.length === 0
            ? [""]
            : [
                  list.slice(0, 5).join(", ") +
                      (list.length > 5 ? ` and ${list.length - 5} more` : ""),
              ];
    const gone = deleted.length > 0 ? ` (deleted: ${deleted.join(", ")})` : "";
    return [
        [code(namespace)],
        [from === to ? from : `${from} to ${to}${gone}`],
        names(restarts),
        names(mustRestart),
        names(cut),
        [losesMtls ?? ""],
        [losesL7 ?? ""],
    ];
}

/** What happens after what, with a small picture. */
export function orderSection({ stages }: Review): Section {
    return {
        title: "Order",
        importance: 60,
        size: stages.length === 0 ? 0 : 1,
        render: (limit) =>
            stages.length === 0 || limit === 0
                ? [{ text: ["Nothing to do."] }]
                : [
                      ...(stages.length > 1
                          ? [{ code: orderPicture(stages), language: "mermaid" as const }]
                          : []),
                      {
                          items: stages.map(({ title, objects, classes }): Text => [
                              strong(title),
                              ` (${classes.map(titleOf).join(", ")}): `,
                              ...objects
                                  .slice(0, 4)
                                  .flatMap((object, index): Span[] => [
                                      index === 0 ? "" : ", ",
                                      code(object),
                                  ]),
                              ...(objects.length > 4 ? [` and ${objects.length - 4} more`] : []),
                          ]),
                      },
                  ],
    };
}

/** Every difference, folded, the gravest changes first. */
export function rawSection({ changes }: Review): Section {
    const lines = changes.flatMap((item) => {
        const { op, differences } = item.change;
        const mark = { create: "+", delete: "-", update: " ", replace: "!" }[op];
        return [
            `${mark} ${op} ${subjectOf(item)}`,
            ...differences.flatMap((each) => [
                ...(each.before === undefined
                    ? []
                    : [`-     ${pathText(each.path)}: ${rawText(each.before)}`]),
                ...(each.after === undefined
                    ? []
                    : [
                          `+     ${pathText(each.path)}: ${each.unknown ? "(known after the update)" : rawText(each.after)}`,
                      ]),
                ...(each.before === undefined && each.after === undefined
                    ? [`!     ${pathText(each.path)}`]
                    : []),
            ]),
        ];
    });
    return {
        title: "Raw difference",
        importance: 10,
        size: lines.length,
        render: (limit) =>
            lines.length === 0 || limit === 0
                ? []
                : [
                      {
                          folded: `${plural(changes.length, "resource")}, every changed property`,
                          blocks: [{ code: lines.slice(0, limit).join("\n"), language: "diff" }],
                      },
                  ],
    };
}

function rawText(value: Value): string {
    const text = JSON.stringify(value);
    return text.length > 400 ? `${text.slice(0, 397)}...` : text;
}
