/** Istio's own judges of its objects. The sandbox runs without them; tests ask them. */
import type { GoBuild, Tool } from "./catalog";
import { ISTIO, versionOf } from "./living/tools";
import type { Progress } from "./progress";
import { resolveThese } from "./resolve";

const RELEASES = "https://github.com/istio/istio/releases/download";

/** In Istio's version: codes and checks differ between minors. */
export const ISTIOCTL: Tool<"istioctl"> = {
    name: "istioctl",
    version: ISTIO,
    onPath: { args: ["version", "--remote=false"], same: 2 },
    download: ({ os, arch }) => {
        const url = `${RELEASES}/${ISTIO}/istioctl-${ISTIO}-${os === "darwin" ? "osx" : os}-${arch}.tar.gz`;
        return { url, checksumUrl: `${url}.sha256`, archiveFolder: "." };
    },
    build: {
        folder: "istio",
        package: "istio.io/istio/istioctl/cmd/istioctl",
        ldflags: `-s -w -X istio.io/istio/pkg/version.buildVersion=${ISTIO}`,
        minutes: 4,
        megabytes: 1_500,
    },
};

/** A program of ours around istioctl's analyzers: files alone, and still all of them. */
const ANALYZE_FILES: GoBuild = {
    folder: "istio",
    package: "./analyze-files",
    ldflags: "-s -w",
    minutes: 4,
    megabytes: 1_500,
};

/** Absolute paths of both. @throws SandboxProblem when one can't be had */
export async function istioJudges(
    progress: Progress,
): Promise<Readonly<Record<"istioctl" | "analyze-files", string>>> {
    const analyzer: Tool<"analyze-files"> = {
        name: "analyze-files",
        version: await versionOf(ANALYZE_FILES),
        download: () => undefined,
        build: ANALYZE_FILES,
    };
    return resolveThese<"istioctl" | "analyze-files">([ISTIOCTL, analyzer], progress);
}
