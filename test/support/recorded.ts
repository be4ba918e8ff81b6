/** What our own stacks register, recorded by `npm run record`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kindOfToken, objectsOf } from "../../policy/found";
import type { KindName } from "../../policy/kinds";
import { type Fixture, seen } from "./policy";

export const RECORDED = join(__dirname, "../policy/recorded");

/** By charts, whose objects the rules judge as they are. */
const BY_CHARTS = { "istio-mesh:installMethod": "helm", "istio-mesh:update": null };

/** Each recording: the stack file it starts from, and config on top. */
export const recordings = {
    dev: { from: "dev", config: {} },
    prod: { from: "prod", config: BY_CHARTS },
    /** Production in ambient, with a waypoint. */
    ambient: {
        from: "prod",
        config: {
            ...BY_CHARTS,
            "istio-mesh:dataPlane": "ambient",
            "istio-mesh:namespaces": [{ name: "boutique", waypoint: true }],
        },
    },
    /** What the operator is asked for, and what it is seen to make of it. */
    sail: { from: "prod", config: {} },
    "sail-ambient": { from: "dev", config: { "istio-mesh:installMethod": "sail" } },
} as const;

export type RecordedName = keyof typeof recordings;

/** The objects of a recording; the caller may change them. */
export function recorded(name: RecordedName): Fixture[] {
    return JSON.parse(readFileSync(join(RECORDED, `${name}.json`), "utf8")) as Fixture[];
}

/** The recording with one object changed, both as it is asked for and as it is given back. */
export function changed(
    name: RecordedName,
    kind: KindName,
    object: string,
    change: (object: never) => void,
): Fixture[] {
    const fixtures = recorded(name);
    const found = fixtures.find(
        (fixture) =>
            kindOfToken(fixture.type) === kind && objectsOf(seen(fixture))[0]?.name === object,
    );
    if (!found) throw new Error(`${name} has no ${kind} ${object}`);
    change(found.props as never);
    if (found.outputs) change(found.outputs as never);
    return fixtures;
}
