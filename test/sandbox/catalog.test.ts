import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MODULES_FOLDER } from "../../sandbox/build";
import {
    CHARTS_MODULE,
    GATEWAY_API_MODULE,
    PROMETHEUS_OPERATOR_MODULE,
    servesInstead,
    TOOL_NAMES,
    toolNamed,
    TOOLS,
} from "../../sandbox/catalog";
import { ISTIOCTL } from "../../sandbox/istioctl";
import { ISTIO } from "../../sandbox/living/tools";

const platform = { os: "linux", arch: "amd64" } as const;

describe("TOOLS", () => {
    it("has every tool once", () => {
        assert.deepEqual(TOOLS.map(({ name }) => name).sort(), [...TOOL_NAMES].sort());
    });

    it("pins in its Go modules the versions it names", () => {
        const pinned = TOOLS.map(({ name, version, build }) => {
            const text = readFileSync(join(MODULES_FOLDER, build.folder, "go.mod"), "utf8");
            // The provider's module has a version of its own, for no release of it can be imported.
            return name === "pulumi-resource-kubernetes" || text.includes(` v${version}`)
                ? "pinned"
                : `${name} ${version} is not in ${build.folder}/go.mod`;
        });
        assert.deepEqual(new Set(pinned), new Set(["pinned"]));
    });

    it("has a go.sum for each module", () => {
        const folders = [
            ...TOOLS.map(({ build }) => build),
            CHARTS_MODULE,
            GATEWAY_API_MODULE,
            PROMETHEUS_OPERATOR_MODULE,
        ].map(({ folder }) => folder);
        assert.deepEqual(
            folders.filter((folder) => !existsSync(join(MODULES_FOLDER, folder, "go.sum"))),
            [],
        );
    });

    it("uses the SDKs' versions of engine and provider", () => {
        const manifest = JSON.parse(
            readFileSync(join(MODULES_FOLDER, "..", "..", "package.json"), "utf8"),
        ) as { dependencies: Record<string, string> };
        assert.deepEqual(
            [toolNamed("pulumi").version, toolNamed("pulumi-resource-kubernetes").version],
            [manifest.dependencies["@pulumi/pulumi"], manifest.dependencies["@pulumi/kubernetes"]],
        );
    });

    it("downloads from the official places", () => {
        assert.deepEqual(
            TOOLS.map((tool) => tool.download(platform)?.url),
            [
                "https://github.com/etcd-io/etcd/releases/download/v3.7.3/etcd-v3.7.3-linux-amd64.tar.gz",
                "https://github.com/kubernetes-sigs/kwok/releases/download/v0.8.0/kwok-linux-amd64",
                "https://github.com/kubernetes-sigs/kwok/releases/download/v0.8.0/kwokctl-linux-amd64",
                "https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-apiserver",
                "https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-controller-manager",
                "https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kube-scheduler",
                "https://dl.k8s.io/release/v1.36.3/bin/linux/amd64/kubectl",
                "https://get.pulumi.com/releases/sdk/pulumi-v3.246.0-linux-x64.tar.gz",
                "https://get.pulumi.com/releases/plugins/pulumi-resource-kubernetes-v4.25.0-linux-amd64.tar.gz",
            ],
        );
    });

    it("builds Kubernetes' server programs on macOS, for which none are published", () => {
        assert.equal(
            toolNamed("kube-apiserver").download({ os: "darwin", arch: "arm64" }),
            undefined,
        );
    });
});

describe("servesInstead", () => {
    const cases: readonly (readonly [Parameters<typeof toolNamed>[0], string, boolean])[] = [
        ["pulumi", "v3.246.0\n", true],
        ["pulumi", "v3.301.2\n", true],
        ["pulumi", "v3.245.9\n", false],
        ["pulumi", "v4.0.0\n", false],
        ["pulumi", "v3.247.0-alpha.1\n", false],
        ["kube-apiserver", "Kubernetes v1.36.3", true],
        ["kube-apiserver", "Kubernetes v1.36.9", true],
        ["kube-apiserver", "Kubernetes v1.36.2", false],
        ["kube-apiserver", "Kubernetes v1.37.0", false],
        ["kubectl", "Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0", false],
        ["etcd", "etcd Version: 3.7.3\nGit SHA: 1234567\nGo Version: go1.26.8", true],
        ["kwok", "kwok version v0.8.0 go1.26.8 (linux/amd64)", true],
        ["kwok", "command not found", false],
    ];
    for (const [name, output, serves] of cases) {
        it(`${serves ? "takes" : "refuses"} ${name} that says ${JSON.stringify(output)}`, () => {
            assert.equal(servesInstead(toolNamed(name), output), serves);
        });
    }
});

describe("istioctl", () => {
    it("is of Istio's release, from its official place or that module", () => {
        assert.deepEqual(
            [
                ISTIOCTL.download(platform)?.url,
                ISTIOCTL.download({ os: "darwin", arch: "arm64" })?.url,
                ISTIOCTL.version,
            ],
            [
                "https://github.com/istio/istio/releases/download/1.31.3/istioctl-1.31.3-linux-amd64.tar.gz",
                "https://github.com/istio/istio/releases/download/1.31.3/istioctl-1.31.3-osx-arm64.tar.gz",
                ISTIO,
            ],
        );
        const module = readFileSync(join(MODULES_FOLDER, ISTIOCTL.build.folder, "go.mod"), "utf8");
        assert.ok(module.includes(ISTIOCTL.build.package));
    });

    it("serves in a newer patch release on PATH, not in another minor", () => {
        const said = (version: string) => servesInstead(ISTIOCTL, `client version: ${version}`);
        assert.deepEqual(["1.31.3", "1.31.9", "1.31.2", "1.32.0"].map(said), [
            true,
            true,
            false,
            false,
        ]);
    });
});
