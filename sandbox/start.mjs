// Entry of `npm start` and `npm run sandbox`: plain JavaScript, because nothing may be installed yet.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
    process.exit(1);
}

/** npm writes its own lockfile into node_modules when an installation is complete. */
function installed() {
    const done = join(project, "node_modules", ".package-lock.json");
    const wanted = join(project, "package-lock.json");
    return existsSync(done) && statSync(done).mtimeMs >= statSync(wanted).mtimeMs;
}

if (!installed()) {
    console.log("Installing npm dependencies (npm ci), usually under a minute ...");
    const { status, error } = spawnSync(
        "npm",
        ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
        {
            cwd: project,
            stdio: ["ignore", "inherit", "inherit"],
        },
    );
    if (status !== 0) {
        console.error(
            `npm ci failed${error ? `: ${error.message}` : ""}. Mend what it says above and start again.`,
        );
        process.exit(1);
    }
}

process.env.TS_NODE_PROJECT = join(project, "tsconfig.json");
const load = createRequire(import.meta.url);
load("ts-node/register/transpile-only");
load("./cli.ts").main(process.argv.slice(2));
