/**
 * Records what our own stacks register, as the engine hands it to policies: inputs and outputs of a
 * real preview against the sandbox's API server. Rules are tested against these, so that they see the
 * shapes of charts and not only those of their authors. `npm run record` writes test/policy/recorded/.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kindOfToken, OPERATOR_OBJECTS } from "../../policy/found";
import { openStack, resetSandbox, startCluster } from "../../sandbox";
import type { Fixture } from "../support/policy";
import { RECORDED, type RecordedName, recordings } from "../support/recorded";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Longer texts are templates for machines, such as the injector's; no rule reads them. */
const LONGEST = 20_000;

/** Most of a CRD, and the provider's own notes. */
const LEFT_OUT = ["schema", "additionalPrinterColumns", "__inputs", "__initialApiVersion"];

/** The object without what only makes the file long. */
function trimmed(value: unknown): unknown {
    if (typeof value === "string") return value.length > LONGEST ? "(long)" : value;
    if (Array.isArray(value)) return value.map(trimmed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
        Object.entries(value)
            .filter(([key]) => !LEFT_OUT.includes(key))
            .map(([key, field]) => [key, trimmed(field)]),
    );
}

async function record(state: string, name: RecordedName): Promise<Fixture[]> {
    const { from, config } = recordings[name];
    const { stack } = await openStack(`record-${name}`, { state, from, config, policy: false });
    const found = new Map<string, Mutable<Fixture>>();
    await stack.preview({
        onEvent: ({ resourcePreEvent, resOutputsEvent }) => {
            const metadata = resourcePreEvent?.metadata ?? resOutputsEvent?.metadata;
            if (!metadata?.new) return;
            const { type, inputs, outputs } = metadata.new as unknown as {
                type: string;
                inputs: object;
                outputs?: object;
            };
            if (kindOfToken(type) === undefined && type !== OPERATOR_OBJECTS) return;
            if (resourcePreEvent) {
                const short = metadata.urn.split("::").at(-1) ?? "";
                found.set(metadata.urn, { type, name: short, props: trimmed(inputs) as object });
                return;
            }
            const fixture = found.get(metadata.urn);
            const text = JSON.stringify(trimmed(outputs ?? {}));
            if (fixture && text !== "{}" && text !== JSON.stringify(fixture.props)) {
                fixture.outputs = JSON.parse(text) as object;
            }
        },
    });
    return [...found.values()].sort((a, b) =>
        `${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1,
    );
}

async function main(): Promise<void> {
    const state = mkdtempSync(join(tmpdir(), "istio-mesh-record-"));
    try {
        mkdirSync(RECORDED, { recursive: true });
        await startCluster({ state });
        for (const name of Object.keys(recordings) as RecordedName[]) {
            const fixtures = await record(state, name);
            const file = join(RECORDED, `${name}.json`);
            const lines = fixtures.map((fixture) => JSON.stringify(fixture));
            writeFileSync(file, `[\n${lines.join(",\n")}\n]\n`);
            process.stdout.write(`${name}: ${fixtures.length} objects\n`);
        }
    } finally {
        await resetSandbox({ state });
        rmSync(state, { recursive: true, force: true });
    }
}

void main();
