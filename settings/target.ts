import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { setCommand } from "./commands";
import type { Problem } from "./problems";
import type { Settings } from "./schema";
import { nearest } from "./suggestions";

/** The one cluster a stack may change. */
export interface Target {
    /** Path of the kubeconfig that has the context. */
    readonly kubeconfig: string;
    readonly context: string;
    /** Address of the API server, for people to recognise. */
    readonly server: string;
    /** Set where the kubeconfig leads there through a proxy. */
    readonly proxied?: true;
}

/** The part of a kubeconfig that says which cluster a context means; kubectl writes null for none. */
const kubeconfigSchema = z.object({
    clusters: z
        .array(
            z.object({
                name: z.string(),
                cluster: z.object({ server: z.string(), "proxy-url": z.string().optional() }),
            }),
        )
        .nullish(),
    contexts: z
        .array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) }))
        .nullish(),
});

/** The kubeconfig files that a stack's context may be in: its own, else those kubectl would read. */
export function kubeconfigPaths(
    kubeconfig: string | undefined,
    env: Readonly<Record<string, string | undefined>>,
    home: string = homedir(),
): readonly string[] {
    if (kubeconfig !== undefined) {
        return [resolve(kubeconfig.replace(/^~(?=\/|$)/, home))];
    }
    const fromEnv = (env["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
    return fromEnv.length > 0 ? fromEnv.map((path) => resolve(path)) : [join(home, ".kube/config")];
}

/** Finds the cluster that a stack names, or says why there is none. */
export function findTarget(
    settings: Pick<Settings, "kubeContext" | "kubeconfig">,
    env: Readonly<Record<string, string | undefined>> = process.env,
): Target | Problem {
    const wanted = settings.kubeContext ?? "";
    const paths = kubeconfigPaths(settings.kubeconfig, env);
    const files = paths.filter((path) => existsSync(path));
    if (files.length === 0) {
        return {
            path: ["kubeconfig"],
            given: `${paths.join(", ")}, which ${paths.length === 1 ? "does" : "do"} not exist`,
            allowed: "the path of a kubeconfig",
            fix: setCommand(["kubeconfig"], "<path>"),
        };
    }
    const found: string[] = [];
    for (const file of files) {
        const { data } = kubeconfigSchema.safeParse(readYaml(file));
        if (data === undefined) {
            return {
                path: ["kubeconfig"],
                given: `${file}, which is no kubeconfig`,
                allowed: "a file with clusters and contexts",
                fix: setCommand(["kubeconfig"], "<path>"),
            };
        }
        const contexts = data.contexts ?? [];
        const context = contexts.find(({ name }) => name === wanted)?.context;
        if (context !== undefined) {
            const cluster = data.clusters?.find(({ name }) => name === context.cluster)?.cluster;
            return cluster === undefined
                ? withoutCluster(wanted, context.cluster, file)
                : {
                      kubeconfig: file,
                      context: wanted,
                      server: cluster.server,
                      ...(cluster["proxy-url"] === undefined ? {} : { proxied: true as const }),
                  };
        }
        found.push(...contexts.map(({ name }) => name));
    }
    return {
        path: ["kubeContext"],
        given: JSON.stringify(wanted),
        allowed: `a context of ${files.join(", ")}: ${found.map((name) => JSON.stringify(name)).join(", ") || "there is none"}`,
        // Only a misspelt name is mended: a guess at the cluster could change the wrong one.
        fix: setCommand(["kubeContext"], nearest(wanted, found) ?? "<context>"),
    };
}

function withoutCluster(context: string, cluster: string, file: string): Problem {
    return {
        path: ["kubeContext"],
        given: `${JSON.stringify(context)}, whose cluster ${JSON.stringify(cluster)} is not in ${file}`,
        allowed: "a context whose cluster and user are in the same file",
        fix: `kubectl config view --flatten > <path>, then ${setCommand(["kubeconfig"], "<path>")}`,
    };
}

function readYaml(path: string): unknown {
    try {
        // An empty file is a kubeconfig without contexts.
        return parse(readFileSync(path, "utf8")) ?? {};
    } catch {
        return undefined;
    }
}

/** Whether looking for the target found a problem instead. */
export function isProblem(found: Target | Problem): found is Problem {
    return "fix" in found;
}
