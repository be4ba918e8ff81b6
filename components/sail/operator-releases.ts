/**
 * What the Sail Operator makes of its objects: the releases of Istio's charts, with the values it
 * computes for them. It runs the same charts as a Helm installation does, built into its image.
 * @see https://github.com/istio-ecosystem/sail-operator/tree/main/pkg/reconcile
 */
import { ISTIO_SYSTEM, SAIL_OPERATOR } from "../plan/namespaces";
import type { SailObject } from "./plan";
import type {
    IstioCNISpec,
    IstioRevisionSpec,
    IstioRevisionTagSpec,
    IstioSpec,
    ZTunnelSpec,
} from "./crs.generated";

/** An object of one kind: its name, since it has no namespace, and its spec. */
export interface Named<Spec> {
    readonly name: string;
    readonly spec: Spec;
}

/** One chart as the operator installs it. */
export interface Release {
    readonly chart: "base" | "istiod" | "cni" | "ztunnel";
    readonly name: string;
    readonly namespace: string;
    /** Of Istio, without `v`. */
    readonly version: string;
    readonly values: Values;
    /** The object it is made for, which owns all that is in it. */
    readonly owner: { readonly kind: Owner; readonly name: string };
    /** Only the webhook and Service of this revision tag: the operator has a chart of just these. */
    readonly tag?: string;
}

/** Kinds that own charts. An Istio owns only its revisions. */
export type Owner = "IstioRevision" | "IstioRevisionTag" | "IstioCNI" | "ZTunnel";

/** Values of any chart: here they are merged, not written. */
export type Values = Readonly<Record<string, unknown>>;

/** What is in a revision's spec once the operator has made it. */
export type Revision = Named<IstioRevisionSpec>;

/** Name of a revision that the charts know as the one without a suffix. */
const DEFAULT = "default";

/** The release that the operator's `default` profile gives to every chart, before all else. */
const DEFAULT_PROFILE: Values = {
    defaultRevision: "",
    global: { istioNamespace: ISTIO_SYSTEM, configValidation: true },
    ztunnel: { resourceName: "ztunnel" },
};

/**
 * The operator's other profiles. Most only name the charts' own profile.
 * @see https://github.com/istio-ecosystem/sail-operator/tree/main/resources
 */
const PROFILES: Readonly<Record<string, Values>> = {
    default: {},
    empty: {},
    ambient: { profile: "ambient" },
    demo: { profile: "demo" },
    preview: { profile: "preview" },
    remote: { profile: "remote" },
    stable: { profile: "stable" },
    openshift: { global: { platform: "openshift" } },
    "openshift-ambient": { profile: "ambient", global: { platform: "openshift" } },
};

/** The revision that an Istio object has active: the operator makes it, and keeps older ones for a time. */
export function activeRevision({ name, spec }: Named<IstioSpec>): Revision {
    const { version, namespace, profile, updateStrategy, values } = spec;
    const revision =
        updateStrategy?.type === "RevisionBased" ? `${name}-${version.replaceAll(".", "-")}` : name;
    // The first is cleared on purpose, the second for want of a place in the revision's schema.
    const { defaultRevision: _, ztunnel: __, ...computed } = withProfile(profile, values);
    return {
        name: revision,
        spec: {
            version,
            namespace,
            // Its shape is the schema's again; the profiles add nothing that the schema lacks.
            values: merged(computed, {
                revision: revision === DEFAULT ? "" : revision,
                global: { istioNamespace: namespace },
            }),
        },
    };
}

/** The charts of a revision: istiod, and base where the revision is the one without a suffix. */
export function releasesOfRevision({ name, spec }: Revision): readonly Release[] {
    const common = {
        version: withoutV(spec.version),
        values: { ...spec.values },
        owner: { kind: "IstioRevision", name },
    } as const;
    const istiod: Release = {
        ...common,
        chart: "istiod",
        name: `${name}-istiod`,
        namespace: spec.namespace,
    };
    return name === DEFAULT
        ? [istiod, { ...common, chart: "base", name: "default-base", namespace: SAIL_OPERATOR }]
        : [istiod];
}

/** The charts of a tag: its webhook, and base where it is the tag that stands for no choice at all. */
export function releasesOfTag(name: string, revision: Revision): readonly Release[] {
    const common = {
        version: withoutV(revision.spec.version),
        owner: { kind: "IstioRevisionTag", name },
    } as const;
    const values = { ...revision.spec.values, revisionTags: [name] };
    const webhook: Release = {
        ...common,
        chart: "istiod",
        name: `${name}-revisiontags`,
        namespace: revision.spec.namespace,
        values,
        tag: name,
    };
    return name === DEFAULT
        ? [
              webhook,
              {
                  ...common,
                  chart: "base",
                  name: "default-base",
                  namespace: SAIL_OPERATOR,
                  values: { ...values, defaultRevision: revision.name },
              },
          ]
        : [webhook];
}

/** The chart of the CNI agent. */
export function releaseOfCni({ name, spec }: Named<IstioCNISpec>): Release {
    return {
        chart: "cni",
        name: "istio-cni",
        namespace: spec.namespace,
        version: withoutV(spec.version),
        values: withProfile(spec.profile, spec.values),
        owner: { kind: "IstioCNI", name },
    };
}

/**
 * The chart of ztunnel. From the revision that it refers to it takes what is said of the mesh; what its
 * own object says wins.
 */
export function releaseOfZTunnel({ name, spec }: Named<ZTunnelSpec>, revision?: Revision): Release {
    const { meshConfig, revision: suffix, global } = revision?.spec.values ?? {};
    const mesh = {
        ...(meshConfig === undefined ? {} : { meshConfig }),
        ...(suffix === undefined ? {} : { revision: suffix }),
        ...(global === undefined ? {} : { global }),
    };
    const all = merged(withProfile("ambient", mesh), { ...spec.values });
    return {
        chart: "ztunnel",
        name: "ztunnel",
        namespace: spec.namespace,
        version: withoutV(spec.version),
        // This chart has no prefix of its own, so the operator takes it away.
        values: merged(all, { ...spec.values?.ztunnel }),
        owner: { kind: "ZTunnel", name },
    };
}

/** The revision that a reference means, among those there are. */
export function referred(
    reference: IstioRevisionTagSpec["targetRef"] | undefined,
    istios: readonly Named<IstioSpec>[],
    revisions: readonly Revision[],
): Revision | undefined {
    if (reference === undefined) return undefined;
    const istio =
        reference.kind === "Istio" ? istios.find(({ name }) => name === reference.name) : undefined;
    const name =
        reference.kind === "IstioRevision" ? reference.name : istio && activeRevision(istio).name;
    return revisions.find((revision) => revision.name === name);
}

/** Every chart that the operator will install for these objects, in their order. */
export function releasesOf(objects: readonly SailObject[]): readonly Release[] {
    const istios = objects.filter((object) => object.kind === "Istio");
    const revisions = istios.map(activeRevision);
    const revisionOf = (reference: IstioRevisionTagSpec["targetRef"] | undefined) =>
        referred(reference, istios, revisions) ?? earlierRevision(reference, istios);
    return objects.flatMap((object) => {
        switch (object.kind) {
            case "Istio":
                return releasesOfRevision(activeRevision(object));
            case "IstioCNI":
                return [releaseOfCni(object)];
            case "ZTunnel":
                return [releaseOfZTunnel(object, revisionOf(object.spec.targetRef))];
            case "IstioRevisionTag": {
                const revision = revisionOf(object.spec.targetRef);
                return revision === undefined ? [] : releasesOfTag(object.name, revision);
            }
        }
    });
}

/**
 * A revision that an Istio object had active before, which runs on. Its values are those of its time; what
 * is read of them here, the mesh's identity and the tag's webhook, is the mesh's for its whole life.
 */
function earlierRevision(
    reference: IstioRevisionTagSpec["targetRef"] | undefined,
    istios: readonly Named<IstioSpec>[],
): Revision | undefined {
    for (const istio of istios) {
        const [, version] = reference?.name.startsWith(`${istio.name}-v`)
            ? (/-(v\d+-\d+-\d+)$/.exec(reference.name) ?? [])
            : [];
        if (version === undefined) continue;
        const spec = { ...istio.spec, version: version.replaceAll("-", ".") };
        const revision = activeRevision({ ...istio, spec });
        if (revision.name === reference?.name) return revision;
    }
    return undefined;
}

function withProfile(profile: string | undefined, values: object | undefined): Values {
    const chosen = PROFILES[profile ?? DEFAULT] ?? {};
    return merged(merged(DEFAULT_PROFILE, chosen), { ...values });
}

/** Values over values, as Helm merges them: objects key by key, everything else as a whole. */
export function merged(base: Values, over: Values): Values {
    const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
    return Object.fromEntries(
        [...keys].map((key) => {
            const [below, above] = [base[key], over[key]];
            if (above === undefined) return [key, below];
            return [key, isValues(below) && isValues(above) ? merged(below, above) : above];
        }),
    );
}

function isValues(value: unknown): value is Values {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutV(version: string): string {
    return version.replace(/^v/, "");
}
