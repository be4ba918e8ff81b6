import { existsSync } from "node:fs";
import { mkdir, rm, writeFile, rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { apiServerOf } from "../api-server";
import { messageOf } from "../problem";
import { freePodAddress, openPort } from "./addresses";
import type { Loopback } from "./addresses";
import { ClusterApi } from "./cluster-api";
import { leaderOf, leadersOf } from "./istiods";
import type { Leader } from "./istiods";
import { endLiving } from "./leftovers";
import type { Pod, World } from "./objects";
import { keyOf } from "./objects";
import { livingPlaces } from "./places";
import type { LivingPlaces } from "./places";
import { PodProcess } from "./pod-process";
import { saysSame, statusOf } from "./pod-status";
import type { Health } from "./pod-status";
import type { LivingReport, PodReport } from "./report";
import { appsOf, asksToLive, isIstiod, isOwn, proxyOf } from "./roles";
import { connectProxy, routesOf, ServiceNetwork } from "./service-network";
import type { Route } from "./service-network";
import { claimSlot } from "./slots";

/*
 * The kubelet and kube-proxy of the sandbox's living pods: it starts the programs that their containers
 * name, says in their status how they are, and ends them with their pods. It is a process of its own,
 * because it outlives the command that started it, as the control plane does.
 */

/** Milliseconds between two looks at the cluster. */
const PAUSE = 1_000;
const PLAYED: Health = { ready: true, reason: "", restarts: {} };

class Agent {
    private readonly processes = new Map<string, PodProcess>();
    /** Those that were told to end and take their time, by `namespace/pod`. */
    private readonly ending = new Map<string, PodProcess>();
    /** The leading pod's address for each address of an istiod pod. */
    private readonly leaderAddress = new Map<string, string>();
    private readonly addresses = new Map<string, string>();
    private routes: readonly Route[] = [];
    private readonly network: ServiceNetwork;
    private reports: PodReport[] = [];
    private said = "";

    constructor(
        private readonly kubeconfig: string,
        private readonly places: LivingPlaces,
        private readonly loopback: Loopback,
    ) {
        this.network = new ServiceNetwork(
            loopback,
            (address) => this.leaderAddress.get(address) ?? address,
        );
    }

    async run(ended: AbortSignal): Promise<void> {
        await endLiving(this.places);
        await rm(this.places.egress, { force: true });
        const proxy = connectProxy(this.network, this.places.egress);
        proxy.on("error", (error) => {
            this.say(`egress: ${error.message}`);
        });
        while (!ended.aborted && existsSync(this.kubeconfig)) {
            await this.look().catch((error: unknown) => {
                // The API server restarts with the sandbox: what fails now is looked at again.
                this.say(messageOf(error));
            });
            await sleep(PAUSE, undefined, { signal: ended }).catch(() => undefined);
        }
        proxy.close();
        this.network.close();
        const all = [...this.processes.values(), ...this.ending.values()];
        await Promise.all(all.map((one) => one.stop(1_500)));
        await rm(this.places.report, { force: true });
        await rm(this.places.egress, { force: true });
    }

    private say(text: string): void {
        if (text !== this.said) process.stdout.write(`${new Date().toISOString()} ${text}\n`);
        this.said = text;
    }

    private async look(): Promise<void> {
        const api = new ClusterApi(await apiServerOf(this.kubeconfig));
        const world = await api.world();
        this.routes = routesOf(world.services, world.slices);
        this.network.update(this.routes, this.addresses.values());
        this.giveAddresses(world.pods);
        const leaders = leadersOf(world.pods, new Set(this.processes.keys()));
        this.followLeaders(world.pods, leaders);
        this.endOthers(world, leaders);
        this.reports = [];
        const asking = new Set(
            world.namespaces.filter(asksToLive).map(({ metadata }) => metadata.name),
        );
        await Promise.all(
            world.pods.map(async (pod) => {
                try {
                    await this.tend(api, pod, leaders, asking.has(pod.metadata.namespace ?? ""));
                } catch (error) {
                    this.say(`${keyOf(pod)}: ${messageOf(error)}`);
                }
            }),
        );
        await this.writeReport();
    }

    /** Every pod that is the agent's has an address from the moment it has a node. */
    private giveAddresses(pods: readonly Pod[]): void {
        const present = new Set(pods.map(({ metadata }) => metadata.uid ?? ""));
        for (const uid of this.addresses.keys()) {
            if (!present.has(uid)) this.addresses.delete(uid);
        }
        const own = pods.filter((pod) => isOwn(pod) && pod.spec.nodeName !== undefined);
        for (const { metadata, status } of own) {
            const { podIP } = status ?? {};
            if (podIP !== undefined) this.addresses.set(metadata.uid ?? "", podIP);
        }
        for (const { metadata } of own) {
            if (this.addresses.has(metadata.uid ?? "")) continue;
            const address = freePodAddress(new Set(this.addresses.values()));
            if (address !== undefined) this.addresses.set(metadata.uid ?? "", address);
        }
    }

    /** Replicas of an istiod share one process: whoever asks one of them reaches the leader. */
    private followLeaders(pods: readonly Pod[], leaders: readonly Leader[]): void {
        this.leaderAddress.clear();
        for (const pod of pods.filter(isIstiod)) {
            const mine = this.addresses.get(pod.metadata.uid ?? "");
            const its = this.addresses.get(leaderOf(pod, leaders)?.pod.metadata.uid ?? "");
            if (mine !== undefined && its !== undefined) this.leaderAddress.set(mine, its);
        }
    }

    /** Ends processes whose pods have gone or lead no longer. */
    private endOthers({ pods, namespaces }: World, leaders: readonly Leader[]): void {
        const asking = new Set(namespaces.filter(asksToLive).map(({ metadata }) => metadata.name));
        const leading = new Set(leaders.map(({ pod }) => pod.metadata.uid));
        const alive = new Set(
            pods
                .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
                .filter((pod) =>
                    isIstiod(pod)
                        ? leading.has(pod.metadata.uid)
                        : asking.has(pod.metadata.namespace ?? ""),
                )
                .map(({ metadata }) => metadata.uid ?? ""),
        );
        for (const [uid, one] of this.processes) {
            if (alive.has(uid)) continue;
            this.processes.delete(uid);
            void this.end(one);
        }
    }

    /** Beside the looks: an istiod takes seconds, in which the others are tended. */
    private async end(one: PodProcess): Promise<void> {
        const key = keyOf(one.pod);
        this.ending.set(key, one);
        await one.stop();
        const folder = `${this.places.pods}/${key.replace("/", "_")}`;
        await rm(folder, { recursive: true, force: true }).catch((error: unknown) => {
            this.say(`${key}: ${messageOf(error)}`);
        });
        this.ending.delete(key);
    }

    private async tend(
        api: ClusterApi,
        pod: Pod,
        leaders: readonly Leader[],
        asked: boolean,
    ): Promise<void> {
        // A pod is there until its processes have ended, and so are its address and its folder.
        if (pod.spec.nodeName === undefined || this.ending.has(keyOf(pod))) return;
        const own = isOwn(pod);
        if (pod.metadata.deletionTimestamp !== undefined) {
            if (own) await api.remove(pod);
            return;
        }
        const address = own ? this.addresses.get(pod.metadata.uid ?? "") : pod.status?.podIP;
        if (address === undefined) return;
        if (isIstiod(pod)) await this.tendIstiod(api, pod, address, leaders);
        else if (asked && (own || appsOf(pod).length > 0))
            await this.report(api, pod, address, await this.living(api, pod, address));
        else if (own) await this.report(api, pod, address, PLAYED);
    }

    private async tendIstiod(
        api: ClusterApi,
        pod: Pod,
        address: string,
        leaders: readonly Leader[],
    ): Promise<void> {
        const leader = leaderOf(pod, leaders);
        if (leader === undefined) return;
        const health =
            leader.pod.metadata.uid === pod.metadata.uid
                ? await this.living(api, pod, address)
                : await this.processes.get(leader.pod.metadata.uid ?? "")?.health();
        // A leader that has no process yet gets one in this look.
        if (health !== undefined) await this.report(api, pod, address, health);
    }

    /** The health of a pod that shall live. */
    private async living(api: ClusterApi, pod: Pod, address: string): Promise<Health> {
        const uid = pod.metadata.uid ?? "";
        let one = this.processes.get(uid);
        if (one === undefined) {
            one = new PodProcess(pod, address, {
                api,
                places: this.places,
                loopback: this.loopback,
                lookUp: (host, port) => this.lookUp(host, port),
                istiodLogs: () =>
                    [...this.processes.values()]
                        .filter((each) => isIstiod(each.pod))
                        .map(({ log }) => log),
            });
            this.processes.set(uid, one);
        }
        await one.tend();
        return one.health();
    }

    private lookUp(host: string, port: number): { address: string; port: number } | undefined {
        const [name = "", namespace = ""] = host.split(".");
        const route = this.routes.find(
            (found) => found.service === `${namespace}/${name}` && found.port === port,
        );
        return route && { address: this.loopback.of(route.address), port: openPort(route.port) };
    }

    private async report(
        api: ClusterApi,
        pod: Pod,
        address: string,
        health: Health,
    ): Promise<void> {
        const process = this.processes.get(pod.metadata.uid ?? "");
        if (process !== undefined) {
            this.reports.push({
                pod: keyOf(pod),
                role: isIstiod(pod) ? "istiod" : proxyOf(pod) ? "proxy" : "app",
                address: this.loopback.of(address),
                ready: health.ready,
                reason: health.reason,
                remark: await process.remark(),
                pids: process.pids,
                ports: appsOf(pod).flatMap(({ ports = [] }) =>
                    ports.map(({ containerPort }) => openPort(containerPort)),
                ),
                ...(process.adminPort === undefined ? {} : { adminPort: process.adminPort }),
            });
        }
        if (isOwn(pod) && !saysSame(pod, address, health))
            await api.report(pod, statusOf(pod, address, health, new Date()));
    }

    private async writeReport(): Promise<void> {
        const pods = this.reports.sort((a, b) => a.pod.localeCompare(b.pod));
        const closed = Object.fromEntries(this.network.closed);
        const draft = `${this.places.report}.partial`;
        const report: LivingReport = {
            pid: process.pid,
            slot: this.loopback.slot,
            pods,
            closed,
        };
        await writeFile(draft, JSON.stringify(report, undefined, 1));
        await rename(draft, this.places.report);
    }
}

/** Runs until it is told to end, or the sandbox's kubeconfig is gone. */
async function main(kubeconfig: string, root: string, logs: string): Promise<void> {
    const places = livingPlaces({ root, logs });
    for (const folder of [places.pods, places.logs])
        await mkdir(folder, { recursive: true, mode: 0o700 });
    const ended = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
        process.on(signal, () => {
            ended.abort();
        });
    }
    const { loopback } = await claimSlot();
    await new Agent(kubeconfig, places, loopback).run(ended.signal);
    process.exit(0);
}

if (require.main === module) {
    const [kubeconfig = "", root = "", logs = ""] = process.argv.slice(2);
    void main(kubeconfig, root, logs);
}
