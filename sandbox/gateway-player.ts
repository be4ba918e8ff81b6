import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { apiServerOf, ask } from "./api-server";
import type { ApiServer } from "./api-server";

/*
 * Plays what istiod says about Gateways: Accepted and Programmed. Nothing else of a gateway is played.
 *
 * It is a program of its own, not a kwok Stage: kwok looks its Stages' kinds up once, when it starts, and
 * ends when one is missing. The stack owns the Gateway API's CRDs and creates them long after that.
 */

const GATEWAYS = "/apis/gateway.networking.k8s.io/v1/gateways";
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

async function playOnce(server: ApiServer): Promise<void> {
    const { status, body } = await ask(server, GATEWAYS);
    if (status !== 200) return;
    for (const gateway of (JSON.parse(body) as { items: readonly Gateway[] }).items) {
        const conditions = playedConditions(gateway, new Date());
        if (!conditions) continue;
        const { namespace, name } = gateway.metadata;
        await ask(
            server,
            `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/gateways/${name}/status`,
            {
                method: "PATCH",
                type: "application/merge-patch+json",
                body: JSON.stringify({ status: { conditions } }),
            },
        );
    }
}

/** Plays until the sandbox is stopped, or its kubeconfig is gone. */
async function play(kubeconfig: string): Promise<void> {
    while (existsSync(kubeconfig)) {
        // The API server restarts with the sandbox: what fails now is looked at again.
        await apiServerOf(kubeconfig)
            .then(playOnce)
            .catch(() => undefined);
        await sleep(PAUSE);
    }
}

if (require.main === module) void play(process.argv[2] ?? "");
