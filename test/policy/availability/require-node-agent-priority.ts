import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const ztunnel = (spec: object, name = "ztunnel") =>
    object("daemonSet", `mesh/${name}`, { spec: { template: { spec } } });
const early = (given: string, classes = "system-node-critical") =>
    `DaemonSet "mesh/ztunnel" has ${given}, so it may be evicted before what it carries; set ${classes}.`;

export const table: RuleTable = {
    allowed: {
        "the charts' class": ztunnel({ priorityClassName: "system-node-critical" }),
        "another DaemonSet without one": ztunnel({}, "logs"),
    },
    denied: {
        "no class": [ztunnel({}), [early("no priorityClassName")]],
        "a lower class": [
            ztunnel({ priorityClassName: "batch" }),
            [early("priorityClassName batch")],
        ],
    },
    unknown: {
        "a class that isn't known yet": [
            ztunnel({ priorityClassName: unknown.string }),
            ["string value at .spec.template.spec.priorityClassName can't be known during preview"],
        ],
    },
    config: {
        classes: [
            { value: ["batch"], objects: ztunnel({ priorityClassName: "batch" }), messages: [] },
            {
                value: ["a", "b"],
                objects: ztunnel({}),
                messages: [early("no priorityClassName", "a or b")],
            },
        ],
    },
};
