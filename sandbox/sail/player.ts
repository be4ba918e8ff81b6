import {
    activeRevision,
    releaseOfCni,
    releaseOfZTunnel,
    releasesOfRevision,
    releasesOfTag,
    type Named,
    type Release,
    type Revision,
} from "../../components/sail/operator-releases";
import type { RenderedObject } from "../../components/sail/rendering";
import { SAIL_API, type SailKind } from "../../components/sail/schema";
import type { IstioRevisionTagSpec, IstioSpec } from "../../components/sail/crs.generated";
import { expired, sameStatus } from "./conditions";
import type { Custom, Status, World } from "./objects";
import { FINALIZER, type SailApi } from "./sail-api";
import { agentStatus, istioStatus, revisionStatus, tagStatus } from "./statuses";

/** Renders one release of a chart. */
export type Render = (release: Release) => Promise<readonly RenderedObject[]>;

/** Milliseconds after which what was installed is applied again, so that what somebody deleted comes back. */
const AGAIN = 30_000;

interface Installed {
    readonly releases: string;
    readonly objects: readonly RenderedObject[];
    readonly at: number;
}

/**
 * Plays the Sail Operator: makes revisions of Istio objects, installs the charts of every object as the
 * look-ahead renders them, reports readiness, and takes charts away before their object goes.
 */
export class OperatorPlayer {
    private readonly installed = new Map<string, Installed>();

    constructor(
        private readonly api: Pick<
            SailApi,
            "world" | "apply" | "prune" | "report" | "finalize" | "removeCustom"
        >,
        private readonly render: Render,
        /** Hears what was done and what failed. */
        private readonly log: (line: string) => void,
    ) {}

    /** One look at everything, and what follows from it. */
    async look(): Promise<void> {
        const world = await this.api.world();
        if (world === undefined) return;
        const revisions = world.revisions.map(named);
        for (const istio of world.istios) await this.istio(istio, world);
        for (const revision of world.revisions) {
            await this.chart("IstioRevision", revision, world, {
                releases: () => releasesOfRevision(named(revision)),
                status: (problem) => revisionStatus(revision, world, problem),
            });
        }
        for (const cni of world.cnis) {
            await this.chart("IstioCNI", cni, world, {
                releases: () => [releaseOfCni(named(cni))],
                status: (problem) => agentStatus(cni, "istio-cni-node", world, problem),
            });
        }
        for (const ztunnel of world.ztunnels) {
            const { targetRef } = ztunnel.spec;
            const revision = target(targetRef, world);
            await this.chart("ZTunnel", ztunnel, world, {
                releases: () => {
                    if (targetRef !== undefined) found(revision, targetRef);
                    return [releaseOfZTunnel(named(ztunnel), revision)];
                },
                status: (problem) => ({
                    ...agentStatus(ztunnel, "ztunnel", world, problem),
                    ...(revision === undefined ? {} : { istioRevision: revision.name }),
                }),
            });
        }
        for (const tag of world.tags) {
            const revision = target(tag.spec.targetRef, world);
            const { name } = tag.metadata;
            await this.chart("IstioRevisionTag", tag, world, {
                releases: () => {
                    if (revisions.some((other) => other.name === name)) {
                        throw new Refusal("NameAlreadyExists", "an IstioRevision has this name");
                    }
                    return releasesOfTag(name, found(revision, tag.spec.targetRef));
                },
                status: (problem, reason) => tagStatus(tag, revision, world, problem, reason),
            });
        }
    }

    /** Makes the active revision of an Istio object, and lets those go that have been unused long enough. */
    private async istio(istio: Custom<IstioSpec>, world: World): Promise<void> {
        // Its revisions are its own: the garbage collector takes them along.
        if (istio.metadata.deletionTimestamp !== undefined) return;
        const { name, spec } = activeRevision(named(istio));
        const object = {
            ...{ apiVersion: SAIL_API, kind: "IstioRevision", spec },
            metadata: { name, ownerReferences: [ownerOf("Istio", istio)] },
        };
        let problem: string | undefined;
        try {
            await this.once(`Istio/${istio.metadata.name}`, JSON.stringify(object), async () => {
                await this.api.apply(object);
                return [object];
            });
        } catch (error) {
            problem = messageOf(error);
        }
        const mine = world.revisions.filter(({ metadata }) =>
            metadata.ownerReferences?.some(({ uid }) => uid === istio.metadata.uid),
        );
        await this.report("Istio", istio, istioStatus(istio, name, mine, problem));
        const grace = spec.values?.pilot?.env?.["EXTERNAL_ISTIOD"] === "true" ? Infinity : 30;
        const seconds = istio.spec.updateStrategy?.inactiveRevisionDeletionGracePeriodSeconds;
        for (const revision of mine) {
            const { name: other, deletionTimestamp } = revision.metadata;
            if (other === name || deletionTimestamp !== undefined) continue;
            if (!expired(revision, Math.max(seconds ?? grace, 0))) continue;
            this.log(`IstioRevision ${other} has been unused long enough: it goes`);
            await this.api.removeCustom("IstioRevision", other);
        }
    }

    /** Installs an object's charts, reports on it, and takes them away before it goes. */
    private async chart(
        kind: SailKind,
        object: Custom<unknown>,
        world: World,
        how: {
            readonly releases: () => readonly Release[];
            readonly status: (problem?: string, reason?: string) => Status;
        },
    ): Promise<void> {
        const { name, uid, finalizers = [], deletionTimestamp } = object.metadata;
        const key = `${kind}/${name}`;
        if (deletionTimestamp !== undefined) {
            if (!finalizers.includes(FINALIZER)) return;
            await this.api.prune(uid, []);
            await this.api.finalize(kind, object, false);
            this.installed.delete(key);
            this.log(`${key}: charts taken away`);
            return;
        }
        if (!finalizers.includes(FINALIZER)) await this.api.finalize(kind, object, true);
        try {
            const releases = how.releases();
            const owner = ownerOf(kind, object);
            await this.once(key, JSON.stringify([uid, releases]), async () => {
                for (const { namespace, chart } of releases) {
                    const there = world.namespaces.some(
                        ({ metadata }) => metadata.name === namespace,
                    );
                    if (chart !== "base" && !there) {
                        throw new Error(`namespace "${namespace}" doesn't exist`);
                    }
                }
                const objects = (await Promise.all(releases.map(this.render)))
                    .flat()
                    .map(({ metadata, ...rest }) => ({
                        ...rest,
                        metadata: { ...metadata, ownerReferences: [owner] },
                    }));
                for (const one of objects) await this.api.apply(one);
                await this.api.prune(uid, objects);
                this.log(
                    `${key}: ${objects.length} objects of ${releases.map((one) => one.name).join(", ")}`,
                );
                return objects;
            });
            await this.report(kind, object, how.status());
        } catch (error) {
            const problem = messageOf(error);
            this.log(`${key}: ${problem}`);
            const reason = error instanceof Refusal ? error.reason : undefined;
            await this.report(kind, object, how.status(problem, reason));
        }
    }

    /** Does it unless it is done; and from time to time applies again what came of it. */
    private async once(
        key: string,
        releases: string,
        install: () => Promise<readonly RenderedObject[]>,
    ): Promise<void> {
        const before = this.installed.get(key);
        const at = Date.now();
        if (before?.releases !== releases) {
            this.installed.delete(key);
            this.installed.set(key, { releases, objects: await install(), at });
        } else if (at - before.at > AGAIN) {
            for (const object of before.objects) await this.api.apply(object);
            this.installed.set(key, { ...before, at });
        }
    }

    private async report(kind: SailKind, object: Custom<unknown>, status: Status): Promise<void> {
        if (!sameStatus(object.status, status)) {
            await this.api.report(kind, object.metadata.name, status);
        }
    }
}

/** A reason that the operator gives instead of its general one. */
class Refusal extends Error {
    constructor(
        readonly reason: string,
        message: string,
    ) {
        super(message);
    }
}

/** The revision that a reference means: of an Istio object, the one that its status names. */
function target(
    reference: IstioRevisionTagSpec["targetRef"] | undefined,
    { istios, revisions }: Pick<World, "istios" | "revisions">,
): Revision | undefined {
    const istio = istios.find(({ metadata }) => metadata.name === reference?.name);
    const name = reference?.kind === "Istio" ? istio?.status?.activeRevisionName : reference?.name;
    const revision = revisions.find(({ metadata }) => metadata.name === name);
    return revision && named(revision);
}

function found(
    revision: Revision | undefined,
    { kind, name }: { readonly kind: string; readonly name: string },
): Revision {
    if (revision !== undefined) return revision;
    throw new Refusal(
        "RefNotFound",
        `referenced ${kind} ${name} does not exist or has no revision`,
    );
}

function named<Spec>({ metadata, spec }: Custom<Spec>): Named<Spec> {
    return { name: metadata.name, spec };
}

function ownerOf(kind: SailKind, { metadata }: Custom<unknown>): object {
    const { name, uid } = metadata;
    return { apiVersion: SAIL_API, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
