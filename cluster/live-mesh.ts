import { z } from "zod";
import { ISTIO_SYSTEM } from "../components/plan/namespaces";
import { SAIL_API } from "../components/sail/schema";
import type { ClusterReader } from "./reader";

/** An istiod that runs, whoever installed it. */
export interface LiveIstiod {
    /** Name of its Deployment. */
    readonly name: string;
    readonly bySail: boolean;
    /** Its release, where the image's tag says one. */
    readonly version?: string;
}

/** One of the operator's objects, as it is in the cluster. */
export interface LiveObject {
    readonly kind: "Istio" | "IstioRevision" | "IstioCNI" | "ZTunnel";
    readonly name: string;
    /** Without its `v`; an alias stays as it is. */
    readonly version: string;
}

/** A namespace, whoever made it. */
export interface LiveNamespace {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
}

/** What of a mesh is in the cluster before anything is changed. */
export interface LiveMesh {
    /** Minor of the API server, such as "1.36". */
    readonly kubernetes: string;
    /** In the mesh's root namespace. */
    readonly istiods: readonly LiveIstiod[];
    readonly objects: readonly LiveObject[];
    readonly namespaces: readonly LiveNamespace[];
}

const metadata = z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).nullish(),
    ownerReferences: z.array(z.object({ apiVersion: z.string() })).nullish(),
});

const versionSchema = z.object({ major: z.string(), minor: z.string() });

const deploymentsSchema = z.object({
    items: z.array(
        z.object({
            metadata,
            spec: z.object({
                template: z.object({
                    spec: z.object({
                        containers: z.array(z.object({ name: z.string(), image: z.string() })),
                    }),
                }),
            }),
        }),
    ),
});

const namespacesSchema = z.object({ items: z.array(z.object({ metadata })) });

const objectsSchema = z.object({
    items: z.array(z.object({ metadata, spec: z.object({ version: z.string() }) })),
});

/** The operator's kinds that have a version, with their plural. */
const VERSIONED = [
    ["Istio", "istios"],
    ["IstioRevision", "istiorevisions"],
    ["IstioCNI", "istiocnis"],
    ["ZTunnel", "ztunnels"],
] as const;

/**
 * Looks at what is installed.
 * @throws Error when the API server refuses to say
 */
export async function liveMesh(reader: Pick<ClusterReader, "get">): Promise<LiveMesh> {
    const [version, deployments, namespaces, ...lists] = await Promise.all([
        reader.get("/version"),
        reader.get(
            `/apis/apps/v1/namespaces/${ISTIO_SYSTEM}/deployments?labelSelector=app%3Distiod`,
        ),
        reader.get("/api/v1/namespaces"),
        ...VERSIONED.map(([, plural]) => reader.get(`/apis/${SAIL_API}/${plural}`)),
    ]);
    const { major, minor } = versionSchema.parse(version);
    const found = deploymentsSchema.parse(deployments ?? { items: [] }).items;
    return {
        // Clouds write "34+".
        kubernetes: `${major}.${minor.replace(/\D+$/, "")}`,
        istiods: found.map(({ metadata: meta, spec }) => {
            const image = spec.template.spec.containers.find(({ name }) => name === "discovery");
            const release = /:(\d+\.\d+\.\d+)(?:-[^:/]*)?$/.exec(image?.image ?? "")?.[1];
            return {
                name: meta.name,
                bySail: (meta.ownerReferences ?? []).some(
                    ({ apiVersion }) => apiVersion === SAIL_API,
                ),
                ...(release === undefined ? {} : { version: release }),
            };
        }),
        objects: VERSIONED.flatMap(([kind], i) =>
            // Without the operator's CRDs there is no list.
            objectsSchema
                .parse(lists[i] ?? { items: [] })
                .items.map(({ metadata: meta, spec }) => ({
                    kind,
                    name: meta.name,
                    version: spec.version.replace(/^v/, ""),
                })),
        ),
        namespaces: namespacesSchema
            .parse(namespaces ?? { items: [] })
            .items.map(({ metadata: meta }) => ({ name: meta.name, labels: meta.labels ?? {} })),
    };
}
