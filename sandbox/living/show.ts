import { apiServerOf, ask } from "../api-server";
import type { ApiServer } from "../api-server";
import type { StatePlaces } from "../places";
import type { Progress } from "../progress";
import { Loopback, openPort } from "./addresses";
import { demonstration, entriesOf } from "./demonstration";
import type { Entry } from "./demonstration";
import { loopbackGet } from "./loopback-get";
import { awaitLiving, readReport } from "./mesh";
import type { Namespace, Pod, Service } from "./objects";
import { livingPlaces } from "./places";
import { NO_PROXY, proxyStates } from "./proxies";
import { isMeshed, LIVING_LABEL } from "./roles";
import { tableOf } from "./table";

async function listed<T>(server: ApiServer, path: string): Promise<readonly T[]> {
    const { status, body } = await ask(server, path);
    return status === 200 ? (JSON.parse(body) as { items: readonly T[] }).items : [];
}

/**
 * Brings the mesh's namespaces to life after a deployment and waits for them: real processes for the pods
 * that are there. Gives the text for the end of `npm start`.
 */
export async function showLiving(
    state: StatePlaces,
    progress: Progress,
    kubectl: string,
): Promise<string> {
    const server = await apiServerOf(state.kubeconfig);
    const places = livingPlaces(state);
    const [namespaces, pods] = await Promise.all([
        listed<Namespace>(server, "/api/v1/namespaces"),
        listed<Pod>(server, "/api/v1/pods"),
    ]);
    const meshed = namespaces.filter(isMeshed).map(({ metadata }) => metadata.name);
    for (const name of meshed) {
        await ask(server, `/api/v1/namespaces/${name}`, {
            method: "PATCH",
            type: "application/merge-patch+json",
            body: JSON.stringify({ metadata: { labels: { [LIVING_LABEL]: "enabled" } } }),
        });
    }
    const inhabited = meshed.filter((name) =>
        pods.some(({ metadata }) => metadata.namespace === name),
    );
    await progress.step("Bringing the mesh to life", () => awaitLiving(places, inhabited));
    const report = await readReport(places);
    const living = report?.pods ?? [];
    const states = await proxyStates(living);
    const rows = living.map((pod, index) => ({ pod, state: states[index] ?? NO_PROXY }));
    const services = await listed<Service>(server, "/api/v1/services");
    const entries = entriesOf(pods, services);
    for (const entry of entries) await route(server, entry);
    const loopback = new Loopback(report?.slot ?? 0);
    const tried = await Promise.all(entries.map((entry) => tryOut(entry, loopback)));
    return [
        `The mesh lives: ${rows.length} pods are real processes on loopback.`,
        tableOf(rows),
        ...Object.entries(report?.closed ?? {}).map(
            ([where, why]) => `  Service port ${where} could not be opened: ${why}`,
        ),
        ...tried.flat(),
        "Break something on purpose:",
        ...breakable(kubectl, living.flatMap(({ pids }) => pids)[0], meshed[0]),
        `  npm run sandbox -- status    what runs; logs: ${places.logs}`,
    ].join("\n");
}

/** Routes the gateway to the example workloads, unless somebody routed it already. */
async function route(server: ApiServer, entry: Entry): Promise<void> {
    for (const { path, object } of demonstration(entry)) {
        await ask(server, path, {
            method: "POST",
            type: "application/json",
            body: JSON.stringify(object),
        });
    }
}

async function tryOut(entry: Entry, loopback: Loopback): Promise<readonly string[]> {
    const url = `http://${loopback.of(entry.address)}:${openPort(80)}/via/${entry.chain.join("/")}`;
    const until = Date.now() + 15_000;
    let status = 0;
    while (status !== 200 && Date.now() < until) {
        status = await loopbackGet(url, 5_000).then(
            (heard) => heard.status,
            () => 0,
        );
        if (status !== 200) await new Promise((done) => setTimeout(done, 300));
    }
    const way = [entry.gateway, entry.first, ...entry.chain].join(" -> ");
    return status === 200
        ? [`Open ${url}`, `  a request went ${way} and came back with 200`]
        : [`A request ${way} came back with ${status}: ${url}`];
}

function breakable(kubectl: string, pid?: number, namespace = "default"): readonly string[] {
    return [
        ...(pid === undefined ? [] : [`  kill -9 ${pid}    end a process: it comes back`]),
        `  ${kubectl} -n istio-system scale deployment -l app=istiod --replicas=0    and try to create a VirtualService`,
        `  ${kubectl} -n ${namespace} delete pod --all    new pods, new certificates`,
    ];
}
