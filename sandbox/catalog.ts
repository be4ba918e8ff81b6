/** Programs the sandbox is made of. */
export const TOOL_NAMES = [
    "pulumi",
    "pulumi-resource-kubernetes",
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubectl",
    "kwok",
    "kwokctl",
] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** Operating system and processor in Go's words. */
export interface Platform {
    readonly os: "linux" | "darwin";
    readonly arch: "amd64" | "arm64";
}

/** An official download. */
export interface Download {
    readonly url: string;
    /** Where its SHA-256 is published: the bare sum, or lines of sum and file name. Absent where none is. */
    readonly checksumUrl?: string;
    /** Folder inside the archive that becomes the tool's folder. Absent when `url` is the program itself. */
    readonly archiveFolder?: string;
}

/** How to build a tool from its Go module, in a folder of `sandbox/tools` that pins every dependency. */
export interface GoBuild {
    readonly folder: string;
    readonly package: string;
    readonly ldflags: string;
    /** Typical minutes on two cores with an empty Go cache. */
    readonly minutes: number;
    /** Megabytes it adds to Go's caches. */
    readonly megabytes: number;
}

/** One program: its version, and the ways to get it. */
export interface Tool<Name extends string = string> {
    readonly name: Name;
    /** Without `v`. */
    readonly version: string;
    /**
     * Arguments that print the version, and the versions of a program on PATH that serve as well:
     * the same as `version` in the first `same` numbers, and not older.
     * Absent for the provider, which cannot tell its version: it is looked for in Pulumi's plugin folder.
     */
    readonly onPath?: { readonly args: readonly string[]; readonly same: 1 | 2 };
    readonly download: (platform: Platform) => Download | undefined;
    readonly build: GoBuild;
}

const PULUMI = "3.246.0";
const PROVIDER = "4.25.0";
const ETCD = "3.7.3";
const KUBERNETES = "1.36.3";
const KWOK = "0.8.0";

/** Version of Istio's Go module that holds the charts for a network without the chart repository. */
export const CHARTS_MODULE = {
    folder: "charts",
    module: "istio.io/istio",
    version: "20260827124520",
} as const;
/** Version of the Gateway API module that holds its CRDs. */
export const GATEWAY_API_MODULE = {
    folder: "gateway-api",
    module: "sigs.k8s.io/gateway-api",
    version: "1.6.0",
} as const;
/** Version of the Go module that holds the CRDs of Prometheus' operator. */
export const PROMETHEUS_OPERATOR_MODULE = {
    folder: "prometheus-operator",
    module: "github.com/prometheus-operator/prometheus-operator",
    version: "0.85.0",
} as const;

/** Where Istio's charts live officially; a stack's own chart source is kept when this answers. */
export const CHART_REPOSITORY = "https://blob.istio.io/istio-release/charts/index.yaml";

const strip = "-s -w";
const github = (repository: string, tag: string, file: string): string =>
    `https://github.com/${repository}/releases/download/${tag}/${file}`;

function kubernetes(
    name: ToolName & ("kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "kubectl"),
    minutes: number,
): Tool<ToolName> {
    const gitVersion = ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].map(
        (where) => `-X ${where}.gitVersion=v${KUBERNETES}`,
    );
    const [major, minor] = KUBERNETES.split(".");
    return {
        name,
        version: KUBERNETES,
        onPath: { args: name === "kubectl" ? ["version", "--client"] : ["--version"], same: 2 },
        // Kubernetes publishes its server programs for Linux only.
        download: ({ os, arch }) => {
            const url = `https://dl.k8s.io/release/v${KUBERNETES}/bin/${os}/${arch}/${name}`;
            return os === "linux" || name === "kubectl"
                ? { url, checksumUrl: `${url}.sha256` }
                : undefined;
        },
        build: {
            folder: "kubernetes",
            package: `k8s.io/kubernetes/cmd/${name}`,
            ldflags: [
                strip,
                ...gitVersion,
                `-X k8s.io/component-base/version.gitMajor=${major}`,
                `-X k8s.io/component-base/version.gitMinor=${minor}`,
            ].join(" "),
            minutes,
            megabytes: 1_000,
        },
    };
}

function kwok(name: "kwok" | "kwokctl", minutes: number): Tool<ToolName> {
    return {
        name,
        version: KWOK,
        onPath: { args: ["--version"], same: 2 },
        download: ({ os, arch }) => ({
            url: github("kubernetes-sigs/kwok", `v${KWOK}`, `${name}-${os}-${arch}`),
        }),
        build: {
            folder: "kwok",
            package: `sigs.k8s.io/kwok/cmd/${name}`,
            ldflags: `${strip} -X sigs.k8s.io/kwok/pkg/consts.Version=v${KWOK}`,
            minutes,
            megabytes: 500,
        },
    };
}

/** Every tool, in the order in which it is resolved: quick builds first. */
export const TOOLS: readonly Tool<ToolName>[] = [
    {
        name: "etcd",
        version: ETCD,
        onPath: { args: ["--version"], same: 2 },
        // For macOS etcd is published as zip, which needs a program that macOS and Linux do not share.
        download: ({ os, arch }) => {
            const file = `etcd-v${ETCD}-${os}-${arch}`;
            return os === "linux"
                ? {
                      url: github("etcd-io/etcd", `v${ETCD}`, `${file}.tar.gz`),
                      checksumUrl: github("etcd-io/etcd", `v${ETCD}`, "SHA256SUMS"),
                      archiveFolder: file,
                  }
                : undefined;
        },
        build: {
            folder: "etcd",
            package: "go.etcd.io/etcd/server/v3",
            ldflags: strip,
            minutes: 0.5,
            megabytes: 300,
        },
    },
    kwok("kwok", 1),
    kwok("kwokctl", 0.2),
    kubernetes("kube-apiserver", 3),
    kubernetes("kube-controller-manager", 1),
    kubernetes("kube-scheduler", 0.5),
    kubernetes("kubectl", 0.5),
    {
        name: "pulumi",
        version: PULUMI,
        onPath: { args: ["version"], same: 1 },
        download: ({ os, arch }) => {
            const file = `pulumi-v${PULUMI}-${os}-${arch === "amd64" ? "x64" : arch}.tar.gz`;
            return {
                url: `https://get.pulumi.com/releases/sdk/${file}`,
                checksumUrl: github(
                    "pulumi/pulumi",
                    `v${PULUMI}`,
                    `pulumi-${PULUMI}-checksums.txt`,
                ),
                archiveFolder: "pulumi",
            };
        },
        build: {
            folder: "pulumi",
            package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
            ldflags: `${strip} -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI}`,
            minutes: 4,
            megabytes: 1_200,
        },
    },
    {
        name: "pulumi-resource-kubernetes",
        version: PROVIDER,
        download: ({ os, arch }) => ({
            url: `https://get.pulumi.com/releases/plugins/pulumi-resource-kubernetes-v${PROVIDER}-${os}-${arch}.tar.gz`,
            checksumUrl: github(
                "pulumi/pulumi-kubernetes",
                `v${PROVIDER}`,
                `pulumi-kubernetes_${PROVIDER}_checksums.txt`,
            ),
            archiveFolder: ".",
        }),
        build: {
            folder: "provider-kubernetes",
            package: ".",
            ldflags: `${strip} -X github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=${PROVIDER}`,
            minutes: 6,
            megabytes: 2_500,
        },
    },
];

/** The tool of that name. */
export function toolNamed(name: ToolName): Tool<ToolName> {
    const tool = TOOLS.find((candidate) => candidate.name === name);
    if (!tool) throw new Error(`${name} is missing from the catalog`);
    return tool;
}

/**
 * Whether a program on PATH that prints `output` serves instead of the pinned version:
 * equal in the first numbers (patch versions of Kubernetes, minor versions of Pulumi may differ), never older.
 */
export function servesInstead(tool: Tool, output: string): boolean {
    const found = /(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.]+)?/.exec(output);
    if (!found || !tool.onPath || found[4] !== undefined) return false;
    const have = found.slice(1, 4).map(Number);
    const want = tool.version.split(".").map(Number);
    for (const [index, wanted] of want.entries()) {
        const got = have[index] ?? 0;
        if (index < tool.onPath.same && got !== wanted) return false;
        if (got !== wanted) return got > wanted;
    }
    return true;
}
