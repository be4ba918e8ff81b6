import { pathText } from "../events/paths";
import type { Review } from "../review";
import { subjectOf } from "./change-sections";
import { valueText } from "./value-text";

/** A review as JSON for programs: everything the page says, nothing cut, without the resources' properties. */
export function jsonOf(review: Review): string {
    const { changes, cluster, ...rest } = review;
    const json = {
        ...rest,
        ...(cluster === undefined
            ? {}
            : { cluster: { version: cluster.version, nodes: cluster.nodes.length } }),
        changes: changes.map((item) => ({
            op: item.change.op,
            urn: item.change.urn,
            type: item.change.type,
            object: subjectOf(item),
            classes: item.classes,
            reasons: item.reasons.map(({ classes, means, differences }) => ({
                classes,
                means,
                differences: differences.map(({ path, before, after, unknown, replaces }) => ({
                    path: pathText(path),
                    before: valueText(before),
                    after: valueText(after),
                    unknown,
                    replaces,
                })),
            })),
        })),
    };
    return `${JSON.stringify(json, undefined, 2)}\n`;
}
