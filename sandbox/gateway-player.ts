import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { apiServerOf, ask } from "./api-server";
import type { ApiServer } from "./api-server";
import { livingPlaces } from "./living/places";

/*
 * Plays what istiod says about Gateways, Accepted and Programmed, and what a cloud says about Services of
 * type LoadBalancer: their address. Nothing else of a gateway is played.
 *
 * It is a program of its own, not a kwok Stage: kwok looks its Stages' kinds up once, when it starts, and
 * ends when one is missing. The stack owns the Gateway API's CRDs and creates them long after that.
 */

const GATEWAYS = "/apis/gateway.networking.k8s.io/v1/gateways";
const SERVICES = "/api/v1/services";
/** Milliseconds between two looks: one small request on loopback. */
const PAUSE = 1_000;

/** What is read of a Gateway. */
export interface Gateway {
    readonly metadata: {
        readonly name: string;
        readonly namespace: string;
        readonly generation?: number;
    };
    readonly spec: { readonly gatewayClassName: string };
    readonly status?: { readonly conditions?: readonly Condition[] };
}

/** A condition in a Gateway's status. */
export interface Condition {
    readonly type: string;
    readonly status: string;
    readonly reason: string;
    readonly message: string;
    readonly lastTransitionTime: string;
    readonly observedGeneration: number;
}

/**
 * Conditions to write to a Gateway of one of Istio's classes, or nothing when they are there for its
 * present generation, or when another controller answers for its class.
 */
export function playedConditions(gateway: Gateway, now: Date): readonly Condition[] | undefined {
    if (!/^istio(-|$)/.test(gateway.spec.gatewayClassName)) return undefined;
    const generation = gateway.metadata.generation ?? 1;
    const has = (type: string): boolean =>
        gateway.status?.conditions?.some(
            (found) =>
                found.type === type &&
                found.status === "True" &&
                found.observedGeneration === generation,
        ) ?? false;
    const types = ["Accepted", "Programmed"];
    if (types.every(has)) return undefined;
    return types.map((type) => ({
        type,
        status: "True",
        reason: type,
        message: "played by the sandbox: no istiod runs here",
        lastTransitionTime: now.toISOString().replace(/\.\d+Z$/, "Z"),
        observedGeneration: generation,
    }));
}

/** What is read of a Service. */
export interface Service {
    readonly metadata: { readonly name: string; readonly namespace: string };
    readonly spec: { readonly type?: string };
    readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly unknown[] } };
}

/** Status to write to a Service that waits for a load balancer, or nothing. */
export function playedAddress(service: Service): { loadBalancer: unknown } | undefined {
    const has = (service.status?.loadBalancer?.ingress ?? []).length > 0;
    return service.spec.type === "LoadBalancer" && !has
        ? { loadBalancer: { ingress: [{ ip: "127.0.0.1" }] } }
        : undefined;
}

/** The objects of a collection; none while its kind is unknown. */
async function listed(server: ApiServer, collection: string): Promise<readonly unknown[]> {
    const { status, body } = await ask(server, collection);
    return status === 200 ? (JSON.parse(body) as { items: readonly unknown[] }).items : [];
}

async function writeStatus(
    server: ApiServer,
    collection: string,
    { namespace, name }: { namespace: string; name: string },
    status: object,
): Promise<void> {
    const cut = collection.lastIndexOf("/");
    const place = `${collection.slice(0, cut)}/namespaces/${namespace}${collection.slice(cut)}`;
    await ask(server, `${place}/${name}/status`, {
        method: "PATCH",
        type: "application/merge-patch+json",
        body: JSON.stringify({ status }),
    });
}

async function playOnce(server: ApiServer, istiodLives: boolean): Promise<void> {
    const gateways = istiodLives ? [] : ((await listed(server, GATEWAYS)) as readonly Gateway[]);
    for (const gateway of gateways) {
        const conditions = playedConditions(gateway, new Date());
        if (conditions) await writeStatus(server, GATEWAYS, gateway.metadata, { conditions });
    }
    for (const service of (await listed(server, SERVICES)) as readonly Service[]) {
        const address = playedAddress(service);
        if (address) await writeStatus(server, SERVICES, service.metadata, address);
    }
}

/** Plays until the sandbox is stopped, or its kubeconfig is gone. */
async function play(kubeconfig: string): Promise<void> {
    // A living istiod speaks for itself.
    const root = dirname(kubeconfig);
    const { report } = livingPlaces({ root, logs: join(root, "logs") });
    while (existsSync(kubeconfig)) {
        // The API server restarts with the sandbox: what fails now is looked at again.
        await apiServerOf(kubeconfig)
            .then((server) => playOnce(server, existsSync(report)))
            .catch(() => undefined);
        await sleep(PAUSE);
    }
}

if (require.main === module) void play(process.argv[2] ?? "");
