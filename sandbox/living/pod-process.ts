import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { freePorts } from "../ports";
import { messageOf } from "../problem";
import { openPort } from "./addresses";
import type { Loopback } from "./addresses";
import { AppServer } from "./app-server";
import type { AppIdentity } from "./app-server";
import type { ClusterApi } from "./cluster-api";
import { environmentOf } from "./environment";
import { hasIgnored, IgnoredConfig } from "./ignored-config";
import { lastComplaint, refusalIn } from "./log-tail";
import { loopbackGet } from "./loopback-get";
import type { Container, Pod } from "./objects";
import { BOOTSTRAP_TEMPLATE } from "./places";
import type { LivingPlaces } from "./places";
import { PodFolder } from "./pod-folder";
import type { Health } from "./pod-status";
import {
    discoveryAddressOf,
    istiodConfigMaps,
    istiodKubeconfig,
    istiodProgram,
    proxyAnnotations,
    proxyProgram,
} from "./programs";
import type { Program } from "./programs";
import { appsOf, proxyOf, roleOf } from "./roles";
import { Supervisor } from "./supervisor";

/** Milliseconds that an istiod waits for its ConfigMaps; a mesh without them is allowed, too. */
const CONFIGURATION_PATIENCE = 30_000;

/** What a pod needs to live. */
export interface PodSurroundings {
    readonly api: ClusterApi;
    readonly places: LivingPlaces;
    readonly loopback: Loopback;
    /** Loopback address and port of a Service's port, by `name.namespace.svc:port`. */
    readonly lookUp: AppIdentity["lookUp"];
    /** Logs of the istiods that run. */
    readonly istiodLogs: () => readonly string[];
}

/** The processes of one pod. */
export class PodProcess {
    private supervisor: Supervisor | undefined;
    private readonly apps: AppServer[] = [];
    private folder: PodFolder | undefined;
    private waitsFor = "starting";
    private stopped = false;
    private clusterId = "";
    /** What an istiod is configured by; empty for other pods. */
    private configMaps: readonly string[] = [];
    private readonly ignored = new IgnoredConfig();
    /** Log of the pod's process; empty before it was started. */
    log = "";
    /** Port of 127.0.0.1 with Envoy's admin interface. */
    adminPort: number | undefined;

    constructor(
        readonly pod: Pod,
        readonly podIp: string,
        private readonly around: PodSurroundings,
    ) {}

    /** Ids of the processes that run for the pod. */
    get pids(): readonly number[] {
        return this.supervisor?.pid === undefined ? [] : [this.supervisor.pid];
    }

    /** Starts what is not running yet and keeps files up to date. Never throws: the health tells. */
    async tend(): Promise<void> {
        try {
            this.startApps();
            if (this.supervisor === undefined) await this.start();
            else await this.folder?.refresh();
        } catch (error) {
            this.waitsFor = messageOf(error);
        }
    }

    private startApps(): void {
        for (const app of this.apps) app.open();
        if (this.apps.length > 0) return;
        const { loopback } = this.around;
        const proxy = proxyOf(this.pod) !== undefined;
        const { name, namespace = "", labels = {} } = this.pod.metadata;
        for (const app of appsOf(this.pod)) {
            for (const { containerPort, protocol = "TCP" } of app.ports ?? []) {
                if (protocol !== "TCP") continue;
                const identity: AppIdentity = {
                    name: labels["app"] ?? labels["app.kubernetes.io/name"] ?? app.name,
                    pod: name,
                    namespace,
                    version: labels["version"] ?? "",
                    lookUp: (host, port) =>
                        this.around.lookUp(
                            host.includes(".") ? host : `${host}.${namespace}`,
                            port,
                        ),
                    ...(proxy ? { outbound: loopback.outbound(this.podIp) } : {}),
                };
                this.apps.push(
                    new AppServer(
                        identity,
                        loopback.app(this.podIp, proxy),
                        openPort(containerPort),
                    ),
                );
            }
        }
    }

    private async start(): Promise<void> {
        const { places, api } = this.around;
        const container = this.mainContainer;
        if (container === undefined) return;
        // The address is given by the agent and may not be in the pod's status yet.
        const pod: Pod = { ...this.pod, status: { ...this.pod.status, podIP: this.podIp } };
        const { namespace = "", name } = pod.metadata;
        const env = await environmentOf(pod, container, {
            key: (kind, ref) => api.key(kind, namespace, ref),
            machine: { cpus: availableParallelism(), memory: totalmem() },
        });
        this.clusterId = env["ISTIO_META_CLUSTER_ID"] ?? "";
        const path = join(places.pods, `${namespace}_${name}`);
        const proxy = roleOf(container) === "proxy";
        const folder = new PodFolder(
            path,
            pod,
            [container],
            api,
            proxy ? proxyAnnotations(pod, this.discovery(env)) : undefined,
        );
        await folder.create();
        const program = proxy
            ? await this.proxy(container, env, folder)
            : await this.istiod(container, env, folder);
        if (this.stopped) return;
        this.folder = folder;
        this.log = join(places.logs, `${namespace}.${name}.log`);
        this.supervisor = new Supervisor({
            file: join(places.bin, program.file),
            args: program.args,
            env: program.env,
            folder: path,
            log: this.log,
        });
        this.waitsFor = "";
    }

    /** The container with a process of its own. */
    private get mainContainer(): Container | undefined {
        return (
            proxyOf(this.pod) ?? this.pod.spec.containers.find((one) => roleOf(one) === "istiod")
        );
    }

    private discovery(env: Readonly<Record<string, string>>): string {
        const wanted = discoveryAddressOf(env);
        const [host = "", port = "15012"] = wanted.split(":");
        const found = this.around.lookUp(host, Number(port));
        if (found === undefined)
            throw new Error(`waiting for ${wanted}, which this proxy asks for its configuration`);
        return `${found.address}:${found.port}`;
    }

    private async proxy(
        container: Container,
        env: Readonly<Record<string, string>>,
        folder: PodFolder,
    ): Promise<Program> {
        const { admin } = await freePorts(["admin"]);
        this.adminPort = admin;
        const { loopback, places } = this.around;
        const { bin } = places;
        // The one file that pilot-agent takes from its image.
        const template = folder.inside("var/lib/istio/envoy/envoy_bootstrap_tmpl.json");
        await mkdir(dirname(template), { recursive: true });
        await copyFile(join(bin, BOOTSTRAP_TEMPLATE), template);
        return proxyProgram(container, env, {
            address: loopback.of(this.podIp),
            slot: loopback.slot,
            envoy: join(bin, "envoy-on-loopback"),
            realEnvoy: join(bin, "envoy"),
            adminPort: admin,
        });
    }

    private async istiod(
        container: Container,
        env: Readonly<Record<string, string>>,
        folder: PodFolder,
    ): Promise<Program> {
        this.configMaps = istiodConfigMaps(env);
        await this.awaitConfiguration();
        const account = folder.inside("var/run/secrets/kubernetes.io/serviceaccount");
        const kubeconfig = folder.inside("kubeconfig.yaml");
        const content = istiodKubeconfig(this.around.api.server.url, account);
        await writeFile(kubeconfig, stringify(content), { mode: 0o600 });
        return istiodProgram(this.around.loopback.of(this.podIp), container, env, kubeconfig);
    }

    /**
     * An istiod that starts before its injector's ConfigMap does without injection for good. In a cluster
     * the image's download gives the ConfigMaps time to come; here a pod starts within a second.
     */
    private async awaitConfiguration(): Promise<void> {
        const { namespace = "", creationTimestamp = "" } = this.pod.metadata;
        if (Date.now() - Date.parse(creationTimestamp) > CONFIGURATION_PATIENCE) return;
        for (const name of this.configMaps) {
            if ((await this.around.api.data("configmaps", namespace, name)) === undefined)
                throw new Error(`waiting for ConfigMap ${namespace}/${name}`);
        }
    }

    /** How the pod is now, asked where kubelet would ask. */
    async health(): Promise<Health> {
        const container = this.mainContainer;
        const restarts =
            container === undefined ? {} : { [container.name]: this.supervisor?.restarts ?? 0 };
        const deaf = this.apps.find((app) => !app.isListening);
        const reason =
            deaf !== undefined
                ? `the app can't listen on ${deaf.address}:${deaf.port}: ${deaf.problem}`
                : container === undefined
                  ? ""
                  : await this.processProblem(container);
        return { ready: reason === "", reason, restarts };
    }

    private async processProblem(container: Container): Promise<string> {
        if (this.supervisor === undefined) return this.waitsFor;
        const complaint = async (what: string): Promise<string> => {
            const said = lastComplaint(await readFile(this.log, "utf8").catch(() => ""));
            const istiod = said.includes("Unauthenticated") ? await this.refusal() : "";
            return [what, said, istiod, `log: ${this.log}`]
                .filter((part) => part !== "")
                .join("; ");
        };
        if (this.supervisor.pid === undefined)
            return complaint(`${container.name}: ${this.supervisor.lastEnd}`);
        const probe = container.readinessProbe?.httpGet;
        if (probe === undefined || typeof probe.port === "string") return "";
        const url = `http://${this.around.loopback.of(this.podIp)}:${probe.port}${probe.path ?? "/"}`;
        const problem = await probed(url);
        return problem === "" ? "" : complaint(`${container.name}: ${problem}`);
    }

    /** Why an istiod refuses this proxy: it tells the proxy only that it does. */
    private async refusal(): Promise<string> {
        for (const log of this.around.istiodLogs()) {
            const said = refusalIn(await readFile(log, "utf8").catch(() => ""), this.clusterId);
            if (said !== "") return `istiod says: ${said}`;
        }
        return "";
    }

    /** What people should know of a pod though it is ready: that istiod does without its configuration. */
    async remark(): Promise<string> {
        const [name] = this.configMaps;
        if (name === undefined) return "";
        const log = await readFile(this.log, "utf8").catch(() => "");
        if (!hasIgnored(log)) return "";
        const { namespace = "" } = this.pod.metadata;
        const config = await this.around.api.written(namespace, name);
        return config === undefined ? "" : this.ignored.in(log, config);
    }

    /** Ends the pod's processes. */
    async stop(patience?: number): Promise<void> {
        this.stopped = true;
        for (const app of this.apps.splice(0)) app.close();
        await this.supervisor?.stop(patience);
    }
}

/** Asks a readiness URL. Gives nothing when it answers 200, else why not. */
async function probed(url: string): Promise<string> {
    try {
        const { status, body } = await loopbackGet(url);
        return status === 200 ? "" : body.trim().slice(0, 200) || `status ${status}`;
    } catch (error) {
        return `not answering yet (${messageOf(error)})`;
    }
}
