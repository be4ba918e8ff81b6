/** Recorded streams of events, as files: each resource's properties once, however many streams have them. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { ReviewEvent, Side } from "../../review/events/stream";
import type { Tree, Value } from "../../review/events/tree";
import type { ClusterFacts } from "../../review/meaning/cluster-facts";
import { isList, isTree, listAt, textAt, treeAt } from "../../review/events/tree";

type Streams = Readonly<Record<string, readonly ReviewEvent[]>>;

interface File {
    /** The cluster as it was before the changes. */
    readonly cluster: ClusterFacts;
    readonly pool: Readonly<Record<string, Tree>>;
    readonly streams: Streams;
}

const fileOf = (name: string) => join(__dirname, "recorded", `${name}.json.gz`);

/** The key under which a side's properties stand in for themselves in the file. */
const POOLED = "pooled";

export async function writeStreams(
    name: string,
    cluster: ClusterFacts,
    streams: Streams,
): Promise<void> {
    const pool: Record<string, Tree> = {};
    const pooled = (side: Side): Side => {
        const text = JSON.stringify(side.inputs);
        const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
        pool[hash] = side.inputs;
        return { ...side, inputs: { [POOLED]: hash } };
    };
    const file: File = { cluster, streams: eachSide(streams, pooled), pool };
    await mkdir(join(__dirname, "recorded"), { recursive: true });
    await writeFile(fileOf(name), gzipSync(JSON.stringify(file), { level: 9 }));
}

/** Whether there is such a recording, or a part of it. */
export function isRecorded(name: string): boolean {
    return existsSync(fileOf(name));
}

function fileIn(name: string): File {
    return JSON.parse(gunzipSync(readFileSync(fileOf(name))).toString()) as File;
}

/** The streams of one recording, by their change. */
export function readStreams(name: string): Streams {
    const { pool, streams } = fileIn(name);
    return eachSide(streams, (side) => ({
        ...side,
        inputs: pool[textAt(side.inputs, [POOLED]) ?? ""] ?? {},
    }));
}

function eachSide(streams: Streams, change: (side: Side) => Side): Streams {
    const inStep = (event: ReviewEvent): ReviewEvent => {
        if (!("step" in event)) return event;
        const { before, after } = event.step;
        return {
            step: {
                ...event.step,
                ...(before ? { before: change(before) } : {}),
                ...(after ? { after: change(after) } : {}),
            },
        };
    };
    return Object.fromEntries(
        Object.entries(streams).map(([name, events]) => [name, events.map(inStep)]),
    );
}

/** An event without the paths, ports and clusters of the machine it was recorded on. */
export function portable(
    event: ReviewEvent,
    names: Readonly<Record<string, string>>,
): readonly ReviewEvent[] {
    // Only a sandbox says that: see the policy host there.
    if ("word" in event && event.word.message.includes("pulumi-analyzer-policy-nodejs")) return [];
    const text = (value: string) => {
        const named = Object.entries(names).reduce(
            (so, [path, name]) => so.replaceAll(path, name),
            value,
        );
        return named.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:6443");
    };
    const clean = (value: Value): Value => {
        if (typeof value === "string") return text(value);
        if (isList(value)) return value.map(clean);
        if (!isTree(value)) return value;
        return Object.fromEntries(
            Object.entries(value)
                .filter(([key]) => !key.startsWith("__"))
                .map(([key, inner]) => [key, clean(inner)]),
        );
    };
    const cleaned = clean(event as unknown as Value) as unknown as ReviewEvent;
    if (!("step" in cleaned)) return [cleaned];
    const short = (side: Side): Side =>
        cleaned.step.type.endsWith(":CustomResourceDefinition")
            ? { ...side, inputs: withoutSchema(side.inputs) }
            : side;
    const { before, after } = cleaned.step;
    return [
        {
            step: {
                ...cleaned.step,
                ...(before ? { before: short(before) } : {}),
                ...(after ? { after: short(after) } : {}),
            },
        },
    ];
}

/** A CRD by what the table reads of it: its schema alone is larger than all the rest. */
function withoutSchema(crd: Tree): Tree {
    const versions = listAt(crd, ["spec", "versions"]).map((version) =>
        isTree(version) ? { ...version, schema: null } : version,
    );
    return { ...crd, spec: { ...treeAt(crd, ["spec"]), versions } };
}
