/** Proves that a start without Envoy says what is missing and leaves a sandbox that can be used. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder, PROJECT_FOLDER, statePlaces } from "../../sandbox/places";
import { run } from "../../sandbox/processes";
import { sandbox } from "./sandbox";

describe("npm start where Envoy can't be had", function () {
    this.timeout(600_000);
    let root = "";
    let env: NodeJS.ProcessEnv = {};

    before(async function () {
        // Elsewhere it says that the living mesh needs Linux.
        if (process.platform !== "linux") this.skip();
        root = await mkdtemp(join(tmpdir(), "istio-mesh-missing-"));
        const bin = join(root, "bin");
        const cache = join(root, "cache");
        for (const folder of [bin, cache]) await mkdir(folder);
        for (const [name, path] of Object.entries(sandbox().tools))
            await symlink(path, join(bin, name));
        for (const name of await readdir(cacheFolder())) {
            if (name !== "envoy") await symlink(join(cacheFolder(), name), join(cache, name));
        }
        env = {
            ...process.env,
            // No Python, and no Envoy either.
            PATH: bin,
            ISTIO_MESH_CACHE: cache,
            ISTIO_MESH_SANDBOX: join(root, "sandbox"),
            ISTIO_MESH_TOOLS: "path,build",
        };
    });
    after(async () => {
        if (root === "") return;
        await command("sandbox", "reset");
        await rm(root, { recursive: true, force: true });
    });

    const command = (...words: string[]): ReturnType<typeof run> =>
        run(process.execPath, [join(PROJECT_FOLDER, "sandbox", "start.mjs"), ...words], { env });

    it("says so, and deploys with kwok in its place", async function () {
        const { code, stdout, stderr } = await command();
        // Without Go istiod is not in the cache either, and comes first.
        if (stdout.includes("needs istiod")) this.skip();
        assert.equal(code, 0, stdout + stderr);
        assert.match(stdout, /^Envoy 1\.40\.0 can't be had: python3 is not on PATH$/m);
        assert.match(stdout, /^Going on without the living mesh: kwok plays/m);
        assert.match(stdout, /^Stack dev: \d+ objects in the sandbox/m);
        const kubeconfig = statePlaces(join(root, "sandbox")).kubeconfig;
        const pods = await run(sandbox().tools.kubectl, [
            ...["--kubeconfig", kubeconfig, "-n", "boutique-dev", "get", "pods"],
            ...["-o", "jsonpath={.items[*].status.phase}"],
        ]);
        assert.equal(pods.stdout, "Running Running Running");
        const status = await command("sandbox", "status");
        assert.match(status.stdout, /^living mesh +down$/m);
        assert.equal(status.code, 0);
    });
});
