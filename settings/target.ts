import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { setCommand, type Problem } from "./problems";
import type { Settings } from "./schema";

/** The one cluster a stack may change. */
export interface Target {
    /** Path of the kubeconfig that has the context. */
    readonly kubeconfig: string;
    readonly context: string;
    /** Address of the API server, for people to recognise. */
    readonly server: string;
}

/** The part of a kubeconfig that says which cluster a context means. */
const kubeconfigSchema = z.object({
    clusters: z.array(z.object({ name: z.string(), cluster: z.object({ server: z.string() }) })),
    contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) })),
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
    const context = settings.kubeContext ?? "";
    const paths = kubeconfigPaths(settings.kubeconfig, env);
    const found: string[] = [];
    for (const path of paths.filter((candidate) => existsSync(candidate))) {
        const parsed = kubeconfigSchema.safeParse(readYaml(path));
        if (!parsed.success) {
            return {
                path: ["kubeconfig"],
                given: `${path}, which is no kubeconfig`,
                allowed: "a file with clusters and contexts",
                fix: setCommand(["kubeconfig"], "<path>"),
            };
        }
        const { contexts, clusters } = parsed.data;
        const clusterName = contexts.find(({ name }) => name === context)?.context.cluster;
        const cluster = clusters.find(({ name }) => name === clusterName);
        if (cluster !== undefined) {
            return { kubeconfig: path, context, server: cluster.cluster.server };
        }
        found.push(...contexts.map(({ name }) => name));
    }
    if (!paths.some((path) => existsSync(path))) {
        return {
            path: ["kubeconfig"],
            given: `${paths.join(", ")}, which does not exist`,
            allowed: "the path of a kubeconfig",
            fix: setCommand(["kubeconfig"], "<path>"),
        };
    }
    return {
        path: ["kubeContext"],
        given: JSON.stringify(context),
        allowed: `a context of ${paths.join(", ")}: ${found.join(", ") || "it has none"}`,
        fix: setCommand(["kubeContext"], found[0] ?? "<context>"),
    };
}

function readYaml(path: string): unknown {
    try {
        return parse(readFileSync(path, "utf8"));
    } catch {
        return undefined;
    }
}

/** Whether looking for the target found a problem instead. */
export function isProblem(found: Target | Problem): found is Problem {
    return "fix" in found;
}
