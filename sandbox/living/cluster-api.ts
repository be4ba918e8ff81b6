import { ask } from "../api-server";
import type { Answer, ApiServer } from "../api-server";
import type { WrittenConfig } from "./ignored-config";
import type { KeyRef, Pod, World } from "./objects";

/** A token and when to ask for the next one, in milliseconds since 1970. */
export interface Token {
    readonly token: string;
    readonly renewAt: number;
}

/** What the agent asks of the API server. Every method throws when the API server does not answer. */
export class ClusterApi {
    constructor(readonly server: ApiServer) {}

    /** Pods, Services, their addresses and the namespaces, as they are now. */
    async world(): Promise<World> {
        const [pods, services, slices, namespaces] = await Promise.all(
            [
                "/api/v1/pods",
                "/api/v1/services",
                "/apis/discovery.k8s.io/v1/endpointslices",
                "/api/v1/namespaces",
            ].map((path) => this.items(path)),
        );
        return { pods, services, slices, namespaces } as World;
    }

    private async items(path: string): Promise<readonly unknown[]> {
        const answer = await ask(this.server, path);
        if (answer.status !== 200) throw refused(path, answer);
        return (JSON.parse(answer.body) as { items: unknown[] }).items;
    }

    /** The keys and values of a ConfigMap or Secret; nothing when there is none. */
    async data(
        kind: "configmaps" | "secrets",
        namespace: string,
        name: string,
    ): Promise<Readonly<Record<string, Buffer>> | undefined> {
        const path = `/api/v1/namespaces/${namespace}/${kind}/${name}`;
        const answer = await ask(this.server, path);
        if (answer.status === 404) return undefined;
        if (answer.status !== 200) throw refused(path, answer);
        const { data = {}, binaryData = {} } = JSON.parse(answer.body) as {
            data?: Record<string, string>;
            binaryData?: Record<string, string>;
        };
        const encoding = kind === "secrets" ? "base64" : "utf8";
        const decoded = (from: Record<string, string>, as: BufferEncoding): [string, Buffer][] =>
            Object.entries(from).map(([key, value]) => [key, Buffer.from(value, as)]);
        return Object.fromEntries([...decoded(data, encoding), ...decoded(binaryData, "base64")]);
    }

    /** What a ConfigMap holds, and when that was written; nothing when there is none. */
    async written(namespace: string, name: string): Promise<WrittenConfig | undefined> {
        const path = `/api/v1/namespaces/${namespace}/configmaps/${name}`;
        const answer = await ask(this.server, path);
        if (answer.status === 404) return undefined;
        if (answer.status !== 200) throw refused(path, answer);
        const { data, metadata } = JSON.parse(answer.body) as {
            data?: Record<string, string>;
            metadata: { managedFields?: readonly { time?: string }[] };
        };
        const times = (metadata.managedFields ?? []).map(({ time }) => Date.parse(time ?? "") || 0);
        return { content: JSON.stringify(data ?? {}), at: Math.max(0, ...times) };
    }

    /** One key of a ConfigMap or Secret. */
    async key(
        kind: "configmaps" | "secrets",
        namespace: string,
        ref: KeyRef,
    ): Promise<string | undefined> {
        return (await this.data(kind, namespace, ref.name))?.[ref.key]?.toString("utf8");
    }

    /** A token of the pod's service account, bound to the pod as kubelet binds it. */
    async token(pod: Pod, seconds: number, audience?: string): Promise<Token> {
        const { namespace = "", name, uid } = pod.metadata;
        const account = pod.spec.serviceAccountName ?? "default";
        const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`;
        const answer = await ask(this.server, path, {
            method: "POST",
            type: "application/json",
            body: JSON.stringify({
                apiVersion: "authentication.k8s.io/v1",
                kind: "TokenRequest",
                spec: {
                    expirationSeconds: Math.max(seconds, 600),
                    ...(audience === undefined ? {} : { audiences: [audience] }),
                    boundObjectRef: { apiVersion: "v1", kind: "Pod", name, uid },
                },
            }),
        });
        if (answer.status !== 201) throw refused(path, answer);
        const { status } = JSON.parse(answer.body) as {
            status: { token: string; expirationTimestamp: string };
        };
        const left = Date.parse(status.expirationTimestamp) - Date.now();
        // Four fifths of its life, as kubelet does.
        return { token: status.token, renewAt: Date.now() + left * 0.8 };
    }

    /** Writes a pod's status. A pod that has gone meanwhile is no error. */
    async report(pod: Pod, status: object): Promise<void> {
        const path = `${podPath(pod)}/status`;
        const answer = await ask(this.server, path, {
            method: "PATCH",
            type: "application/merge-patch+json",
            body: JSON.stringify({ metadata: { uid: pod.metadata.uid }, status }),
        });
        if (answer.status !== 200 && answer.status !== 404 && answer.status !== 409)
            throw refused(path, answer);
    }

    /** Takes a pod away whose containers have ended. */
    async remove(pod: Pod): Promise<void> {
        // As a query: node:http sends no length with the body of a DELETE, which spoils the connection.
        const path = `${podPath(pod)}?gracePeriodSeconds=0`;
        const answer = await ask(this.server, path, {
            method: "DELETE",
            type: "application/json",
            body: "",
        });
        if (![200, 202, 404, 409].includes(answer.status)) throw refused(podPath(pod), answer);
    }
}

function podPath({ metadata }: Pod): string {
    return `/api/v1/namespaces/${metadata.namespace ?? ""}/pods/${metadata.name}`;
}

function refused(path: string, { status, body }: Answer): Error {
    let message = body;
    try {
        message = (JSON.parse(body) as { message?: string }).message ?? body;
    } catch {
        // Not JSON: said as it is.
    }
    return new Error(`the API server answers ${path} with ${status}: ${message.slice(0, 300)}`);
}
