// Entry of `npm start` and `npm run sandbox`: plain JavaScript, because nothing may be installed yet.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
    process.exit(1);
}

/**
 * npm lists what it installed in node_modules/.package-lock.json when an installation is complete. It is
 * compared by content: a checkout gives the lockfile a new date without a new word.
 */
function installed() {
    const packages = (file) => JSON.parse(readFileSync(join(project, file), "utf8")).packages;
    try {
        const have = packages("node_modules/.package-lock.json");
        return Object.entries(packages("package-lock.json")).every(
            ([path, { version, optional }]) =>
                path === "" || have[path]?.version === version || (optional && !have[path]),
        );
    } catch {
        return false;
    }
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

const load = createRequire(import.meta.url);
load("./typescript.cjs");
load("./cli.ts").main(process.argv.slice(2));
