import { SAIL_API, SAIL_SCHEMAS, type SailKind } from "../../components/sail/schema";
import type { RenderedObject } from "../../components/sail/rendering";
import { ask } from "../api-server";
import type { Answer, ApiServer } from "../api-server";
import type { Custom, Metadata, Status, World } from "./objects";

/** Name of the finalizer with which the operator takes its charts away before an object goes. */
export const FINALIZER = "sailoperator.io/sail-operator";

/** Where objects of a kind live: plural name, and whether a namespace stands before it. */
const PLACES: Readonly<
    Record<string, readonly [apiVersion: string, plural: string, namespaced: boolean]>
> = {
    ServiceAccount: ["v1", "serviceaccounts", true],
    ConfigMap: ["v1", "configmaps", true],
    Service: ["v1", "services", true],
    ResourceQuota: ["v1", "resourcequotas", true],
    Deployment: ["apps/v1", "deployments", true],
    DaemonSet: ["apps/v1", "daemonsets", true],
    HorizontalPodAutoscaler: ["autoscaling/v2", "horizontalpodautoscalers", true],
    PodDisruptionBudget: ["policy/v1", "poddisruptionbudgets", true],
    NetworkPolicy: ["networking.k8s.io/v1", "networkpolicies", true],
    Role: ["rbac.authorization.k8s.io/v1", "roles", true],
    RoleBinding: ["rbac.authorization.k8s.io/v1", "rolebindings", true],
    ClusterRole: ["rbac.authorization.k8s.io/v1", "clusterroles", false],
    ClusterRoleBinding: ["rbac.authorization.k8s.io/v1", "clusterrolebindings", false],
    MutatingWebhookConfiguration: [
        "admissionregistration.k8s.io/v1",
        "mutatingwebhookconfigurations",
        false,
    ],
    ValidatingWebhookConfiguration: [
        "admissionregistration.k8s.io/v1",
        "validatingwebhookconfigurations",
        false,
    ],
    ValidatingAdmissionPolicy: [
        "admissionregistration.k8s.io/v1",
        "validatingadmissionpolicies",
        false,
    ],
    ValidatingAdmissionPolicyBinding: [
        "admissionregistration.k8s.io/v1",
        "validatingadmissionpolicybindings",
        false,
    ],
};

/** What the player asks of the API server. Every method throws when the answer is a refusal. */
export class SailApi {
    constructor(private readonly server: ApiServer) {}

    /** Everything the player looks at; nothing while the operator's kinds aren't there. */
    async world(): Promise<World | undefined> {
        const custom = async (kind: SailKind): Promise<readonly unknown[] | undefined> =>
            this.list(`/apis/${SAIL_API}/${SAIL_SCHEMAS.kinds[kind].plural}`);
        const [istios, revisions, tags, cnis, ztunnels] = await Promise.all(
            (["Istio", "IstioRevision", "IstioRevisionTag", "IstioCNI", "ZTunnel"] as const).map(
                custom,
            ),
        );
        const [namespaces, pods, deployments, daemonSets] = await Promise.all(
            [
                "/api/v1/namespaces",
                "/api/v1/pods",
                "/apis/apps/v1/deployments",
                "/apis/apps/v1/daemonsets",
            ].map((path) => this.list(path)),
        );
        const world = {
            ...{ istios, revisions, tags, cnis, ztunnels },
            ...{ namespaces, pods, deployments, daemonSets },
        };
        return Object.values(world).includes(undefined) ? undefined : (world as unknown as World);
    }

    private async list(path: string): Promise<readonly unknown[] | undefined> {
        const answer = await ask(this.server, path);
        if (answer.status === 404) return undefined;
        if (answer.status !== 200) throw refused(path, answer);
        return (JSON.parse(answer.body) as { items: unknown[] }).items;
    }

    /** Applies an object as the operator's own. */
    async apply(object: RenderedObject): Promise<void> {
        const path = placeOf(object);
        const there = (await ask(this.server, path)).status === 200;
        const answer = await ask(this.server, `${path}?fieldManager=sail-operator&force=true`, {
            method: "PATCH",
            type: "application/apply-patch+yaml",
            body: JSON.stringify(there ? withoutFailurePolicy(object) : object),
        });
        if (answer.status !== 200 && answer.status !== 201) throw refused(path, answer);
    }

    /** Deletes all that belongs to an owner but for what is kept. */
    async prune(uid: string, kept: readonly RenderedObject[]): Promise<void> {
        const keep = new Set(kept.map(placeOf));
        for (const [kind, [apiVersion, plural]] of Object.entries(PLACES)) {
            const found = (await this.list(`${rootOf(apiVersion)}/${plural}`)) ?? [];
            for (const { metadata } of found as readonly { metadata: Metadata }[]) {
                const place = placeOf({ apiVersion, kind, metadata });
                const owned = metadata.ownerReferences?.some((owner) => owner.uid === uid);
                if (owned === true && !keep.has(place)) await this.remove(place);
            }
        }
    }

    /** Deletes one of the operator's own objects. */
    async removeCustom(kind: SailKind, name: string): Promise<void> {
        await this.remove(customPlace(kind, name));
    }

    private async remove(path: string): Promise<void> {
        const answer = await ask(this.server, `${path}?propagationPolicy=Background`, {
            method: "DELETE",
            type: "application/json",
            body: "",
        });
        if (![200, 202, 404].includes(answer.status)) throw refused(path, answer);
    }

    /** Writes a status. An object that has gone meanwhile is no error. */
    async report(kind: SailKind, name: string, status: Status): Promise<void> {
        await this.patch(`${customPlace(kind, name)}/status`, { status });
    }

    /** Sets whether the operator must take its charts away before the object goes. */
    async finalize(kind: SailKind, { metadata }: Custom<unknown>, needed: boolean): Promise<void> {
        const others = (metadata.finalizers ?? []).filter((name) => name !== FINALIZER);
        const finalizers = needed ? [...others, FINALIZER] : others;
        await this.patch(customPlace(kind, metadata.name), { metadata: { finalizers } });
    }

    private async patch(path: string, change: object): Promise<void> {
        const answer = await ask(this.server, path, {
            method: "PATCH",
            type: "application/merge-patch+json",
            body: JSON.stringify(change),
        });
        if (answer.status !== 200 && answer.status !== 404) throw refused(path, answer);
    }
}

function rootOf(apiVersion: string): string {
    return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function customPlace(kind: SailKind, name: string): string {
    return `/apis/${SAIL_API}/${SAIL_SCHEMAS.kinds[kind].plural}/${name}`;
}

function placeOf({ apiVersion, kind, metadata }: RenderedObject): string {
    if (apiVersion === SAIL_API) return customPlace(kind as SailKind, metadata.name);
    const known = PLACES[kind];
    if (known === undefined) throw new Error(`the sandbox's operator can't make a ${kind}`);
    const [, plural, namespaced] = known;
    const namespace = namespaced ? `/namespaces/${metadata.namespace ?? ""}` : "";
    return `${rootOf(apiVersion)}${namespace}/${plural}/${metadata.name}`;
}

/** istiod raises the failure policy of its own webhook once it answers; the operator then leaves it be. */
function withoutFailurePolicy(object: RenderedObject): RenderedObject {
    if (object.kind !== "ValidatingWebhookConfiguration") return object;
    const { webhooks } = object as { webhooks?: readonly { failurePolicy?: string }[] };
    const kept = webhooks?.map(({ failurePolicy: _raised, ...webhook }) => webhook);
    return { ...object, ...{ webhooks: kept } };
}

function refused(path: string, { status, body }: Answer): Error {
    let message = body;
    try {
        message = (JSON.parse(body) as { message?: string }).message ?? body;
    } catch {
        // Not JSON: said as it is.
    }
    return new Error(`${path}: ${status} ${message.slice(0, 500)}`);
}
