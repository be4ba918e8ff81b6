import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { stringify } from "yaml";
import { findTarget, isProblem, kubeconfigPaths } from "../../settings/target";

/** A kubeconfig with one context per cluster. */
function kubeconfig(contexts: Record<string, string>, clusters = Object.values(contexts)): string {
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: clusters.map((name) => ({
            name,
            cluster: { server: `https://${name}.example.com:6443` },
        })),
        contexts: Object.entries(contexts).map(([name, cluster]) => ({
            name,
            context: { cluster, user: "me" },
        })),
        users: [{ name: "me", user: {} }],
        "current-context": Object.keys(contexts)[0],
    });
}

describe("kubeconfigPaths", () => {
    it("takes the stack's own, whatever the environment says", () => {
        assert.deepEqual(kubeconfigPaths("/a/config", { KUBECONFIG: "/b" }, "/home/me"), [
            "/a/config",
        ]);
    });

    it("expands ~ at the start of the stack's own, and nowhere else", () => {
        assert.deepEqual(kubeconfigPaths("~/x", {}, "/home/me"), ["/home/me/x"]);
        assert.deepEqual(kubeconfigPaths("/a/~/x", {}, "/home/me"), ["/a/~/x"]);
        assert.deepEqual(kubeconfigPaths("/a~", {}, "/home/me"), ["/a~"]);
    });

    it("reads a relative path from the working directory", () => {
        assert.deepEqual(kubeconfigPaths("x", {}, "/home/me"), [join(process.cwd(), "x")]);
    });

    it("takes every file that KUBECONFIG lists, leaving out empty entries", () => {
        const env = { KUBECONFIG: ["/a", "", "/b"].join(delimiter) };
        assert.deepEqual(kubeconfigPaths(undefined, env, "/home/me"), ["/a", "/b"]);
    });

    it("ends with the home directory's, also when KUBECONFIG is empty", () => {
        assert.deepEqual(kubeconfigPaths(undefined, {}, "/home/me"), ["/home/me/.kube/config"]);
        assert.deepEqual(kubeconfigPaths(undefined, { KUBECONFIG: "" }, "/home/me"), [
            "/home/me/.kube/config",
        ]);
    });
});

describe("findTarget", () => {
    let folder = "";
    const at = (name: string) => join(folder, name);
    const write = (name: string, text: string) => {
        writeFileSync(at(name), text);
        return at(name);
    };
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "istio-mesh-target-"));
        write("one", kubeconfig({ dev: "dev-cluster", "my cluster": "dev-cluster" }));
        write("two", kubeconfig({ prod: "prod-cluster" }));
        write("empty", "");
        write("cleared", "apiVersion: v1\nclusters: null\ncontexts: null\n");
        write("split", kubeconfig({ stray: "elsewhere" }, []));
        write("words", "just some words");
        write("broken", "a: [");
        mkdirSync(at("directory"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });
    const unknown = (given: string, allowed: string, fix: string) => ({
        path: ["kubeContext"],
        given,
        allowed,
        fix: `pulumi config set istio-mesh:kubeContext ${fix}`,
    });
    const noKubeconfig = (given: string, allowed: string) => ({
        path: ["kubeconfig"],
        given,
        allowed,
        fix: "pulumi config set istio-mesh:kubeconfig <path>",
    });

    it("finds the cluster that a context names", () => {
        assert.deepEqual(findTarget({ kubeContext: "dev", kubeconfig: at("one") }, {}), {
            kubeconfig: at("one"),
            context: "dev",
            server: "https://dev-cluster.example.com:6443",
        });
    });

    it("finds it in any file of KUBECONFIG, passing by files that are absent or empty", () => {
        const files = ["absent", "empty", "cleared", "one", "two"].map(at);
        const env = { KUBECONFIG: files.join(delimiter) };
        assert.deepEqual(findTarget({ kubeContext: "prod" }, env), {
            kubeconfig: at("two"),
            context: "prod",
            server: "https://prod-cluster.example.com:6443",
        });
    });

    it("never takes the current context", () => {
        assert.deepEqual(
            findTarget({ kubeconfig: at("two") }, {}),
            unknown('""', `a context of ${at("two")}: "prod"`, "<context>"),
        );
    });

    it("lists the contexts of all files for an unknown one, and guesses at no cluster", () => {
        const env = { KUBECONFIG: [at("one"), at("two")].join(delimiter) };
        assert.deepEqual(
            findTarget({ kubeContext: "staging" }, env),
            unknown(
                '"staging"',
                `a context of ${at("one")}, ${at("two")}: "dev", "my cluster", "prod"`,
                "<context>",
            ),
        );
    });

    it("mends a misspelt one, in a command that a shell takes", () => {
        assert.deepEqual(
            findTarget({ kubeContext: "my-cluster", kubeconfig: at("one") }, {}),
            unknown(
                '"my-cluster"',
                `a context of ${at("one")}: "dev", "my cluster"`,
                "'my cluster'",
            ),
        );
    });

    it("says that a kubeconfig has no context at all", () => {
        assert.deepEqual(
            findTarget({ kubeContext: "dev", kubeconfig: at("cleared") }, {}),
            unknown('"dev"', `a context of ${at("cleared")}: there is none`, "<context>"),
        );
    });

    it("says that a context's cluster is missing", () => {
        assert.deepEqual(findTarget({ kubeContext: "stray", kubeconfig: at("split") }, {}), {
            path: ["kubeContext"],
            given: `"stray", whose cluster "elsewhere" is not in ${at("split")}`,
            allowed: "a context whose cluster and user are in the same file",
            fix: "kubectl config view --flatten > <path>, then pulumi config set istio-mesh:kubeconfig <path>",
        });
    });

    it("says that a kubeconfig is missing", () => {
        assert.deepEqual(
            findTarget({ kubeContext: "dev", kubeconfig: at("absent") }, {}),
            noKubeconfig(`${at("absent")}, which does not exist`, "the path of a kubeconfig"),
        );
    });

    it("says that all of several are missing", () => {
        const env = { KUBECONFIG: [at("absent"), at("gone")].join(delimiter) };
        assert.deepEqual(
            findTarget({ kubeContext: "dev" }, env),
            noKubeconfig(
                `${at("absent")}, ${at("gone")}, which do not exist`,
                "the path of a kubeconfig",
            ),
        );
    });

    for (const file of ["words", "broken", "directory"]) {
        it(`refuses ${file} as a kubeconfig`, () => {
            assert.deepEqual(
                findTarget({ kubeContext: "dev", kubeconfig: at(file) }, {}),
                noKubeconfig(
                    `${at(file)}, which is no kubeconfig`,
                    "a file with clusters and contexts",
                ),
            );
        });
    }

    it("is told apart from a problem", () => {
        const found = findTarget({ kubeContext: "dev", kubeconfig: at("one") }, {});
        const lost = findTarget({ kubeContext: "x", kubeconfig: at("one") }, {});
        assert.deepEqual([isProblem(found), isProblem(lost)], [false, true]);
    });
});
