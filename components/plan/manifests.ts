import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMap, isNode, isScalar, LineCounter, parseAllDocuments, type Document } from "yaml";
import { shown, type Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import { kindOf, manifestMisfits, mend, type Manifest } from "../kinds";
import { conflicts, type ConflictsInput } from "./manifest-conflicts";
import { CONTROL_PLANE_NAMESPACES } from "./namespaces";
import type { Placed } from "./placed-manifest";

/** What is read of a user's files: objects that hold, and what is wrong with the others. */
export interface ReadManifests {
    readonly objects: readonly Manifest[];
    readonly problems: readonly Problem[];
}

/** What of a stack the files are judged by. */
export type ManifestsInput = ConflictsInput &
    Pick<Settings, "manifests" | "namespaces" | "gateways"> &
    Partial<Pick<Settings, "egressGateways">>;

/** Reads a stack's own YAML, and judges each object by the CRD of its kind and by where it belongs. */
export function readManifests(input: ManifestsInput): ReadManifests {
    const found = input.manifests.map((path, i) => fromPath(path, ["manifests", i], input));
    const objects = found.flatMap((one) => one.objects);
    const problems = found.flatMap((one) => one.problems);
    return {
        objects: objects.map(({ object }) => object),
        problems: [...problems, ...twice(objects), ...conflicts(objects, input)],
    };
}

interface Read {
    readonly objects: readonly Placed[];
    readonly problems: readonly Problem[];
}

function fromPath(path: string, at: Problem["path"], input: ManifestsInput): Read {
    const files = filesAt(path);
    if (files === undefined || files.length === 0) {
        return {
            objects: [],
            problems: [
                {
                    path: at,
                    given: `${JSON.stringify(path)}: ${files === undefined ? "nothing is there" : "no YAML file in it"}`,
                    allowed: "the path of a YAML file, or of a folder of them",
                    fix: "correct the path: it is read from the folder of Pulumi.yaml",
                },
            ],
        };
    }
    const read = files.map((file) => fromFile(file, at, input));
    return {
        objects: read.flatMap(({ objects }) => objects),
        problems: read.flatMap(({ problems }) => problems),
    };
}

function filesAt(path: string): readonly string[] | undefined {
    try {
        return statSync(path).isDirectory()
            ? readdirSync(path)
                  .filter((name) => /\.ya?ml$/.test(name))
                  .sort()
                  .map((name) => join(path, name))
            : [path];
    } catch {
        return undefined;
    }
}

function fromFile(file: string, at: Problem["path"], input: ManifestsInput): Read {
    const lines = new LineCounter();
    // Not there is what an empty file holds.
    const documents = parseAllDocuments(readFileSync(file, "utf8"), {
        lineCounter: lines,
    }) as Document[];
    const read = documents.map((document): Read => {
        const lineOf = (offset: number) => `${file}:${lines.linePos(offset).line}`;
        const [broken] = document.errors;
        if (broken !== undefined) {
            const place = lineOf(broken.pos[0]);
            const [why = ""] = broken.message.split("\n");
            return {
                objects: [],
                problems: [
                    { path: at, given: `${place}: ${why}`, allowed: "YAML", fix: `mend ${place}` },
                ],
            };
        }
        const object: unknown = document.toJS();
        if (object === null || object === undefined) {
            return { objects: [], problems: [] };
        }
        const place = (inside: string) => lineOf(offsetOf(document, inside));
        const misfits = manifestMisfits(object).map((misfit): Problem => {
            const line = place(misfit.at);
            return {
                path: at,
                given: `${line}: ${named(object)}${misfit.at} is ${shown(misfit.given)}`,
                allowed: misfit.allowed,
                fix: `${mend(misfit)} (${line})`,
            };
        });
        if (misfits.length > 0) {
            return { objects: [], problems: misfits };
        }
        const manifest = object as Manifest;
        const astray = outsideTheMesh(manifest, place("metadata.namespace"), at, input);
        return astray === undefined
            ? {
                  objects: [
                      {
                          object: manifest,
                          path: at,
                          lineOf: (inside = "metadata.name") => place(inside),
                      },
                  ],
                  problems: [],
              }
            : { objects: [], problems: [astray] };
    });
    return {
        objects: read.flatMap(({ objects }) => objects),
        problems: read.flatMap(({ problems }) => problems),
    };
}

/** Where a place of an object is in its file: at its key, or at the nearest thing around it. */
function offsetOf(document: Document, inside: string): number {
    const steps = inside
        .split(/[.[\]]/)
        .filter((step) => step !== "")
        .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    for (let depth = steps.length; depth > 0; depth--) {
        const around = document.getIn(steps.slice(0, depth - 1), true);
        const last = steps[depth - 1];
        const pair = isMap(around)
            ? around.items.find(({ key }) => isScalar(key) && key.value === last)
            : undefined;
        const node = pair?.key ?? document.getIn(steps.slice(0, depth), true);
        if (isNode(node) && node.range) {
            return node.range[0];
        }
    }
    return document.contents?.range?.[0] ?? 0;
}

function named(object: unknown): string {
    const { kind, metadata } = object as {
        kind?: unknown;
        metadata?: { name?: unknown; namespace?: unknown } | null;
    };
    const name = [metadata?.namespace, metadata?.name].filter((one) => typeof one === "string");
    return typeof kind === "string" ? `${kind} ${name.join("/")} `.replace(/ +/g, " ") : "";
}

/** Objects outside of the mesh's namespaces have no effect, and would be lost sight of. */
function outsideTheMesh(
    { apiVersion, kind, metadata }: Manifest,
    place: string,
    path: Problem["path"],
    { namespaces, gateways, egressGateways = [] }: ManifestsInput,
): Problem | undefined {
    if (kindOf(apiVersion, kind)?.namespaced === false) {
        return undefined;
    }
    const known = [
        ...new Set([
            ...namespaces.filter(({ dataPlane }) => dataPlane !== "none").map(({ name }) => name),
            ...[...gateways, ...egressGateways].map(({ namespace }) => namespace),
            ...CONTROL_PLANE_NAMESPACES.slice(0, 1),
        ]),
    ];
    return metadata.namespace !== undefined && known.includes(metadata.namespace)
        ? undefined
        : {
              path,
              given: `${place}: ${kind} ${metadata.name} in ${metadata.namespace === undefined ? "no namespace" : `the namespace ${JSON.stringify(metadata.namespace)}`}`,
              allowed: `a namespace of the mesh: ${known.join(", ")}`,
              fix: `correct metadata.namespace (${place}), or add it to namespaces`,
          };
}

function twice(objects: readonly Placed[]): readonly Problem[] {
    const first = new Map<string, string>();
    return objects.flatMap(({ object, path, lineOf }): Problem[] => {
        const place = lineOf();
        const { kind, metadata } = object;
        const what = `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
        const before = first.get(what);
        first.set(what, before ?? place);
        return before === undefined
            ? []
            : [
                  {
                      path,
                      given: `${place}: ${what} again`,
                      allowed: `each object once; the first is at ${before}`,
                      fix: `take one of them out (${place})`,
                  },
              ];
    });
}
