import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { stringify } from "yaml";
import type { ChartPlace } from "../../components/plan/chart-source";
import type { Release } from "../../components/sail/operator-releases";
import {
    adopted,
    TEMPLATE,
    templateArguments,
    type RenderedObject,
} from "../../components/sail/rendering";

/*
 * Charts are rendered by Pulumi's Kubernetes provider, with the very function that a stack's look-ahead
 * calls: so what the sandbox applies is what the preview said. The provider runs as a process of its own,
 * without an engine and without a cluster.
 */

const load = createRequire(__filename);
const sdk = createRequire(load.resolve("@pulumi/pulumi"));

/** The two calls that are made of the SDK's client for providers, which comes without usable types. */
interface Client {
    configure(request: unknown, done: (error: Error | null) => void): void;
    invoke(
        request: unknown,
        done: (error: Error | null, answer: { getReturn(): { toJavaScript(): unknown } }) => void,
    ): void;
    close(): void;
}

interface Sdk {
    readonly grpc: { readonly credentials: { createInsecure(): unknown } };
    readonly service: {
        ResourceProviderClient: new (
            address: string,
            credentials: unknown,
            options: Readonly<Record<string, number>>,
        ) => Client;
    };
    readonly messages: {
        ConfigureRequest: new () => {
            getVariablesMap(): { set(key: string, value: string): void };
        };
        InvokeRequest: new () => { setTok(token: string): void; setArgs(args: unknown): void };
    };
    readonly struct: { Struct: { fromJavaScript(value: object): unknown } };
}

function sdkParts(): Sdk {
    return {
        grpc: sdk("@grpc/grpc-js") as Sdk["grpc"],
        service: load("@pulumi/pulumi/proto/provider_grpc_pb") as Sdk["service"],
        messages: load("@pulumi/pulumi/proto/provider_pb") as Sdk["messages"],
        struct: sdk("google-protobuf/google/protobuf/struct_pb") as Sdk["struct"],
    };
}

/** The provider asks for a cluster when it is configured, and never for this one. */
const NO_CLUSTER = stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "none", cluster: { server: "https://127.0.0.1:1" } }],
    users: [{ name: "none", user: {} }],
    contexts: [{ name: "none", context: { cluster: "none", user: "none" } }],
    "current-context": "none",
});

/** Rendered charts are far below it; grpc's own limit of 4 MiB is near that of all CRDs. */
const MESSAGE_BYTES = 64 * 1024 * 1024;

/** Renders charts as the Sail Operator does, until it is closed. Its provider starts at the first chart. */
export class Renderer {
    private running: Promise<{ readonly child: ChildProcess; readonly client: Client }> | undefined;

    /**
     * @param provider path of pulumi-resource-kubernetes.
     * @param charts where Istio's charts come from.
     */
    constructor(
        private readonly provider: string,
        private readonly charts: ChartPlace,
    ) {}

    /**
     * The objects of one release, as the operator adopts them.
     * @throws Error with the chart's own words when it refuses its values.
     */
    async render(release: Release): Promise<readonly RenderedObject[]> {
        return adopted(release, await this.template(templateArguments(release, this.charts)));
    }

    /** The objects of a chart as Helm would install it. */
    async template(args: { readonly jsonOpts: string }): Promise<readonly RenderedObject[]> {
        const { messages, struct } = sdkParts();
        const { client } = await (this.running ??= this.start());
        const request = new messages.InvokeRequest();
        request.setTok(TEMPLATE);
        request.setArgs(struct.Struct.fromJavaScript(args));
        return new Promise((done, failed) => {
            client.invoke(request, (error, answer) => {
                if (error) failed(error);
                else
                    done(
                        (answer.getReturn().toJavaScript() as { result: RenderedObject[] }).result,
                    );
            });
        });
    }

    /** Ends the provider, if it runs. */
    async close(): Promise<void> {
        const running = await this.running?.catch(() => undefined);
        this.running = undefined;
        running?.client.close();
        running?.child.kill("SIGTERM");
    }

    private async start(): Promise<{ readonly child: ChildProcess; readonly client: Client }> {
        const { grpc, service, messages } = sdkParts();
        // Its only argument is the address of an engine, which it calls to log.
        const child = spawn(this.provider, ["127.0.0.1:1"], {
            stdio: ["ignore", "pipe", "ignore"],
        });
        child.once("exit", () => {
            this.running = undefined;
        });
        const port = await new Promise<string>((done, failed) => {
            child.once("error", failed);
            child.once("exit", (code) => {
                failed(new Error(`${this.provider} ended with exit code ${code ?? 0}`));
            });
            child.stdout.once("data", (text: Buffer) => {
                done(text.toString("utf8").trim());
            });
        });
        const client = new service.ResourceProviderClient(
            `127.0.0.1:${port}`,
            grpc.credentials.createInsecure(),
            { "grpc.max_receive_message_length": MESSAGE_BYTES },
        );
        const request = new messages.ConfigureRequest();
        request.getVariablesMap().set("kubernetes:config:kubeconfig", NO_CLUSTER);
        await new Promise<void>((done, failed) => {
            client.configure(request, (error) => {
                if (error) failed(error);
                else done();
            });
        });
        return { child, client };
    }
}
