import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { z } from "zod";
import type { Target } from "../settings/target";

/** What a request to the API server carries. */
export interface Credentials {
    readonly server: string;
    readonly ca?: Buffer;
    readonly cert?: Buffer;
    readonly key?: Buffer;
    readonly token?: string;
    readonly username?: string;
    readonly password?: string;
    /** Name to expect on the server's certificate, where it isn't the address. */
    readonly servername?: string;
    readonly insecure?: true;
}

const text = z.string().optional();

/** A program that hands out credentials, as kubeconfigs of clouds name it. */
const execSchema = z.object({
    apiVersion: z.string(),
    command: z.string(),
    args: z.array(z.string()).nullish(),
    env: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    provideClusterInfo: z.boolean().optional(),
});

const userSchema = z.object({
    "client-certificate": text,
    "client-certificate-data": text,
    "client-key": text,
    "client-key-data": text,
    token: text,
    tokenFile: text,
    username: text,
    password: text,
    exec: execSchema.optional(),
    "auth-provider": z.unknown().optional(),
});

const clusterSchema = z.object({
    server: z.string(),
    "certificate-authority": text,
    "certificate-authority-data": text,
    "insecure-skip-tls-verify": z.boolean().optional(),
    "tls-server-name": text,
    "proxy-url": text,
});

const kubeconfigSchema = z.object({
    contexts: z.array(
        z.object({
            name: z.string(),
            context: z.object({ cluster: z.string(), user: z.string() }),
        }),
    ),
    clusters: z.array(z.object({ name: z.string(), cluster: clusterSchema })),
    users: z.array(z.object({ name: z.string(), user: userSchema })),
});

type User = z.output<typeof userSchema>;

/** What a program of a kubeconfig answers. @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
const answerSchema = z.object({
    status: z.object({
        token: text,
        clientCertificateData: text,
        clientKeyData: text,
    }),
});

/**
 * How the kubeconfig of a target says to speak to its cluster.
 * @throws Error in words when it says so in a way that is not known here
 */
export async function credentialsOf(target: Target): Promise<Credentials> {
    const { data } = kubeconfigSchema.safeParse(parse(readFileSync(target.kubeconfig, "utf8")));
    const { contexts = [], clusters = [], users = [] } = data ?? {};
    const context = contexts.find(({ name }) => name === target.context)?.context;
    const cluster = clusters.find(({ name }) => name === context?.cluster)?.cluster;
    const user = users.find(({ name }) => name === context?.user)?.user;
    if (cluster === undefined || user === undefined) {
        throw new Error(`context ${target.context} names no cluster and user of its own file`);
    }
    if (cluster["proxy-url"] !== undefined) {
        throw new Error("its kubeconfig leads through a proxy");
    }
    const file = (path: string) => readFileSync(resolve(dirname(target.kubeconfig), path));
    const bytes = (data: string | undefined, path: string | undefined): Buffer | undefined =>
        data !== undefined
            ? Buffer.from(data, "base64")
            : path !== undefined
              ? file(path)
              : undefined;
    const ca = bytes(cluster["certificate-authority-data"], cluster["certificate-authority"]);
    const servername = cluster["tls-server-name"];
    return {
        server: cluster.server,
        ...(ca === undefined ? {} : { ca }),
        ...(servername === undefined ? {} : { servername }),
        ...(cluster["insecure-skip-tls-verify"] === true ? { insecure: true } : {}),
        ...(await ofUser(user, bytes, (path) => file(path).toString("utf8").trim())),
    };
}

async function ofUser(
    user: User,
    bytes: (data: string | undefined, path: string | undefined) => Buffer | undefined,
    read: (path: string) => string,
): Promise<Omit<Credentials, "server">> {
    const given =
        user.exec === undefined
            ? {
                  cert: bytes(user["client-certificate-data"], user["client-certificate"]),
                  key: bytes(user["client-key-data"], user["client-key"]),
                  token:
                      user.token ??
                      (user.tokenFile === undefined ? undefined : read(user.tokenFile)),
                  username: user.username,
                  password: user.password,
              }
            : await fromProgram(user.exec);
    const known = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
    );
    if (Object.keys(known).length === 0 && user["auth-provider"] !== undefined) {
        throw new Error("its kubeconfig uses an auth-provider, which kubectl has dropped too");
    }
    return known;
}

async function fromProgram({ apiVersion, command, args, env }: z.output<typeof execSchema>) {
    const info = { apiVersion, kind: "ExecCredential", spec: { interactive: false } };
    const added = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value]));
    const { stdout } = await promisify(execFile)(command, args ?? [], {
        env: { ...process.env, ...added, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
        timeout: 30_000,
    });
    const { status } = answerSchema.parse(JSON.parse(stdout));
    // Unlike in a kubeconfig, these are PEM as it is.
    const pem = (data: string | undefined) => (data === undefined ? undefined : Buffer.from(data));
    return {
        token: status.token,
        cert: pem(status.clientCertificateData),
        key: pem(status.clientKeyData),
    };
}
