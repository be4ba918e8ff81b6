import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { writeFile } from "node:fs/promises";
import { apiServerOf, ask } from "../api-server";
import type { ApiServer } from "../api-server";
import { Supervisor } from "../living/supervisor";
import { freePorts } from "../ports";
import { OperatorPlayer } from "./player";
import { Renderer } from "./renderer";
import { sailPlaces } from "./places";
import { SailApi } from "./sail-api";

/*
 * Stands for the Sail Operator's pod, which can't run on nodes that are only played: runs the operator's
 * own program where there is one, and plays it otherwise. Like the pod, it works only while the stack's
 * operator Deployment is there and ready: whoever deletes that first is left with finalizers.
 */

/** Milliseconds between two looks. */
const PAUSE = 1_000;

/** Something that reconciles while it is told to. */
interface Operator {
    /** Called again and again while the operator's Deployment is ready. */
    work(server: ApiServer): Promise<void>;
    /** Called when it no longer is. */
    rest(): Promise<void>;
}

/** The operator's own program, kept running. */
class RealOperator implements Operator {
    private running: Supervisor | undefined;

    constructor(
        private readonly file: string,
        private readonly folder: string,
        private readonly kubeconfig: string,
        private readonly logFile: string,
    ) {}

    async work(): Promise<void> {
        if (this.running !== undefined) return;
        const { health, metrics } = await freePorts(["health", "metrics"]);
        const config = `${this.folder}/config.properties`;
        await writeFile(config, "");
        this.running = new Supervisor({
            file: this.file,
            args: [
                ...["-kubeconfig", this.kubeconfig, "-config-file", config],
                "-leader-elect=false",
                ...["-health-probe-bind-address", `127.0.0.1:${health}`],
                ...["-metrics-bind-address", `127.0.0.1:${metrics}`],
            ],
            env: {},
            folder: this.folder,
            log: this.logFile,
        });
    }

    async rest(): Promise<void> {
        await this.running?.stop();
        this.running = undefined;
    }
}

/** The operator as the sandbox plays it. */
class PlayedOperator implements Operator {
    private player: OperatorPlayer | undefined;

    constructor(private readonly renderer: Renderer) {}

    async work(server: ApiServer): Promise<void> {
        this.player ??= new OperatorPlayer(
            new SailApi(server),
            (release) => this.renderer.render(release),
            (line) => process.stdout.write(`${new Date().toISOString()} ${line}\n`),
        );
        await this.player.look();
    }

    async rest(): Promise<void> {
        this.player = undefined;
        await this.renderer.close();
    }
}

/** Whether the stack's operator Deployment is ready. */
async function isDeployed(server: ApiServer): Promise<boolean> {
    const path = "/apis/apps/v1/deployments?fieldSelector=metadata.name%3Dsail-operator";
    const { status, body } = await ask(server, path);
    if (status !== 200) return false;
    const { items } = JSON.parse(body) as {
        items: readonly { readonly status?: { readonly readyReplicas?: number } }[];
    };
    return items.some((deployment) => (deployment.status?.readyReplicas ?? 0) > 0);
}

async function main([provider = "", charts = "", binary = "", kubeconfig = ""]: readonly string[]) {
    const places = sailPlaces(kubeconfig);
    const operator: Operator =
        binary === "-"
            ? new PlayedOperator(
                  new Renderer(provider, charts === "-" ? {} : { directory: charts }),
              )
            : new RealOperator(binary, places.root, kubeconfig, places.log);
    const ending = new AbortController();
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
        process.once(signal, () => {
            ending.abort();
            void operator.rest().finally(() => process.exit(0));
        });
    }
    let said = "";
    while (!ending.signal.aborted && existsSync(kubeconfig)) {
        try {
            const server = await apiServerOf(kubeconfig);
            await ((await isDeployed(server)) ? operator.work(server) : operator.rest());
            said = "";
        } catch (error) {
            // The API server restarts with the sandbox: what fails now is looked at again.
            const message = error instanceof Error ? error.message : String(error);
            if (message !== said) process.stdout.write(`${message}\n`);
            said = message;
        }
        await sleep(PAUSE);
    }
    await operator.rest();
}

if (require.main === module) void main(process.argv.slice(2));
