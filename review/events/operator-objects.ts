import { LookAhead } from "../../components/sail/look-ahead";
import { objectOf, subjectsOf } from "../classes/subjects";
import type { Change, Resource } from "./changes";
import { differences, takenApart } from "./paths";
import { isTree, listAt, textAt } from "./tree";
import type { Tree } from "./tree";

/**
 * The objects that the Sail Operator will make, from the program's look-ahead: its component carries them
 * before and after the change, and they are reviewed like those that the stack makes itself.
 */
export function operatorsObjects(
    all: readonly Resource[],
): (resource: Resource) => readonly (Change | Resource)[] {
    // The operator keeps a revision while workloads use it, and removes it after a grace period.
    const revisions = all.some(
        ({ subjects, after }) =>
            subjects[0] === "Istio" &&
            textAt(after, ["spec", "updateStrategy", "type"]) === "RevisionBased",
    );
    return ({ urn, type, before, after }) => {
        if (type !== LookAhead.__pulumiType) return [];
        const [old, now] = [before, after].map(byName);
        if (old === undefined || now === undefined) return [];
        return [...new Set([...old.keys(), ...now.keys()])]
            .sort()
            .map((key) => compared(`${urn}::${key}`, old.get(key), now.get(key), revisions));
    };
}

function byName(side: Tree): ReadonlyMap<string, Tree> {
    const objects = listAt(side, ["objects"]).filter(isTree);
    const keyOf = (object: Tree) =>
        ["kind", "namespace", "name"]
            .map((field) => textAt(object, field === "kind" ? [field] : ["metadata", field]) ?? "")
            .join(" ");
    return new Map(objects.map((object) => [keyOf(object), object]));
}

function compared(
    urn: string,
    before: Tree | undefined,
    after: Tree | undefined,
    revisions: boolean,
): Change | Resource {
    const shown = after ?? before ?? {};
    const version = textAt(shown, ["apiVersion"]) ?? "";
    const type = `kubernetes:${version.includes("/") ? version : `core/${version}`}:${textAt(shown, ["kind"]) ?? ""}`;
    const object = objectOf(type, shown);
    const resource: Resource = {
        ...{ urn, type, name: urn.split("::").at(-1) ?? "" },
        ...(object ? { object } : {}),
        subjects: subjectsOf(type, true, shown),
        before: before ?? {},
        after: after ?? {},
    };
    const found =
        before !== undefined && after !== undefined
            ? differences(before, after).flatMap(takenApart)
            : [];
    if (before !== undefined && after !== undefined && found.length === 0) return resource;
    const op = before === undefined ? "create" : after === undefined ? "delete" : "update";
    return {
        ...resource,
        ...{ op, differences: found, byOperator: true },
        ...(op === "delete" && revisions ? { retained: true } : {}),
    };
}
