/** The whole table, by which every class is decided. `docs/review-classes.md` is written from it. */
import { admission } from "./admission";
import { clusterObjects } from "./cluster-objects";
import { controlPlane } from "./control-plane";
import { meshConfig } from "./mesh-config";
import { namespaces } from "./namespaces";
import { operator } from "./operator";
import { proxies } from "./proxies";
import type { Row } from "./rows";
import { security } from "./security";
import { traffic } from "./traffic";
import { workloads } from "./workloads";

export const TABLE: readonly Row[] = [
    ...controlPlane,
    ...meshConfig,
    ...admission,
    ...proxies,
    ...workloads,
    ...namespaces,
    ...traffic,
    ...security,
    ...operator,
    ...clusterObjects,
];

const bySubject = new Map<string, Row[]>();
for (const row of TABLE) bySubject.set(row.of, [...(bySubject.get(row.of) ?? []), row]);

/** The rows for a resource, in the order in which they are asked: those of its narrowest subject first. */
export function rowsFor(subjects: readonly string[]): readonly Row[] {
    return [...subjects, "any"].flatMap((subject) => bySubject.get(subject) ?? []);
}
