import { objectText } from "../classes/subjects";
import { pathText } from "../events/paths";
import type { Difference } from "../events/paths";
import type { Tree } from "../events/tree";
import { valueText } from "../page/value-text";
import { writersOf } from "./managed-fields";
import type { Writer } from "./managed-fields";
import type { Drifted } from "./refresh-events";
import { expectedWriter, whoIs } from "./writers";

/** One field, or one whole object, that isn't as the stack left it. */
export interface Finding {
    readonly object: string;
    /** Empty where the whole object is gone. */
    readonly path: string;
    readonly was: string;
    readonly is: string;
    readonly culprit: string;
    /** Why it is as it should be; absent for drift. */
    readonly expected?: string;
}

/** The name by which Pulumi's provider signs what it writes, whichever stack it is. */
const OURS = /^pulumi-(kubernetes|resource-kubernetes)/;

/**
 * Names the culprit of each difference, from what the API server keeps with the live object. `live` is
 * undefined where the object couldn't be read.
 */
export function findingsOf(drifted: Drifted, live: Tree | undefined): readonly Finding[] {
    const object = objectText(drifted.object);
    if (drifted.deleted) {
        return [
            {
                ...{ object, path: "", was: "there", is: "gone" },
                culprit:
                    "unknown: with an object the names of its writers go; ask the API server's audit log",
            },
        ];
    }
    return drifted.differences.map((difference) => {
        const { path, before, after } = difference;
        const writer = live === undefined ? undefined : culpritOf(difference, live);
        const row = expectedWriter(drifted.object.kind, path, writer);
        return {
            object,
            path: pathText(path),
            was: valueText(before),
            is: valueText(after),
            culprit:
                live === undefined
                    ? "unknown: the object couldn't be read"
                    : culpritText(difference, writer),
            ...(row === undefined ? {} : { expected: `${row.who}: ${row.why}` }),
        };
    });
}

/**
 * Who wrote a field last; of a field that was removed, who wrote the object last. Those who only tell an
 * object's status write all the time: they count for the very fields that are theirs, such as the revision
 * of a Deployment.
 */
function culpritOf({ path, after }: Difference, live: Tree): Writer | undefined {
    const removed = after === undefined;
    return writersOf(live, removed ? [] : path).find(
        ({ manager, subresource }) => !OURS.test(manager) && !(removed && subresource === "status"),
    );
}

function culpritText({ after }: Difference, writer: Writer | undefined): string {
    if (after !== undefined || writer === undefined) return whoIs(writer);
    return `probably ${whoIs(writer)}: a removed field keeps no writer, this one wrote the object last`;
}
