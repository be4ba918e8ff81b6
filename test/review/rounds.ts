/**
 * Which scenarios can share a preview: changes of different objects don't touch each other, and each takes
 * the steps of its own objects from the stream.
 */
import type { ReviewEvent } from "../../review/events/stream";
import { textAt } from "../../review/events/tree";
import type { Manifest } from "./extra-objects";
import type { Scenario } from "./scenario";

const keyOf = (kind: string, name: string, namespace = "") => `${kind} ${namespace}/${name}`;

/** The objects that a scenario changes, adds or removes. */
export function touchedBy({ edit }: Scenario, objects: readonly Manifest[]): ReadonlySet<string> {
    const texts = (manifests: readonly Manifest[]) =>
        new Map(
            manifests.map((manifest) => [
                keyOf(manifest.kind, manifest.metadata.name, manifest.metadata.namespace),
                JSON.stringify(manifest),
            ]),
        );
    const before = texts(objects);
    const after = texts(edit ? edit(objects) : objects);
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    return new Set(keys.filter((key) => before.get(key) !== after.get(key)));
}

/** Whether an event is about one of these objects, or about the preview as a whole. */
export function isOf(event: ReviewEvent, touched: ReadonlySet<string>): boolean {
    if (!("step" in event)) return true;
    const { type, before, after } = event.step;
    const inputs = (after ?? before)?.inputs;
    const [name, namespace] = ["name", "namespace"].map((key) => textAt(inputs, ["metadata", key]));
    return touched.has(keyOf(type.split(":").at(-1) ?? "", name ?? "", namespace));
}

/** Packs scenarios into previews: those of single objects together, every other one alone. */
export function roundsOf(
    scenarios: readonly Scenario[],
    objects: readonly Manifest[],
): readonly (readonly Scenario[])[] {
    const alone = ({ edit, config, unknown, judged }: Scenario) =>
        edit === undefined || config !== undefined || unknown === true || judged === true;
    const rounds: { scenarios: Scenario[]; touched: Set<string> }[] = [];
    for (const scenario of scenarios.filter((each) => !alone(each))) {
        const touched = touchedBy(scenario, objects);
        const free = rounds.find((round) => [...touched].every((key) => !round.touched.has(key)));
        const round = free ?? { scenarios: [], touched: new Set<string>() };
        if (free === undefined) rounds.push(round);
        round.scenarios.push(scenario);
        touched.forEach((key) => round.touched.add(key));
    }
    return [
        ...rounds.map((round) => round.scenarios),
        ...scenarios.filter(alone).map((scenario) => [scenario]),
    ];
}
