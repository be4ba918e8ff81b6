/** Prints the rules that an API server can hold too; `node policy/export.js [level file]`. */
import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { admissionObjects } from "./admission";
import { levelIn, levelProblems } from "./levels";
import { rules } from "./rules";

function main(file: string | undefined): void {
    const level = file === undefined ? new Map() : levelIn(readFileSync(file, "utf8"));
    const problems = levelProblems(rules, level);
    if (problems.length > 0) {
        process.stderr.write(`${String(file)} can't be exported.\n  ${problems.join("\n  ")}\n`);
        process.exitCode = 1;
        return;
    }
    const objects = admissionObjects(rules, level);
    process.stdout.write(objects.map((object) => `---\n${stringify(object)}`).join(""));
}

main(process.argv[2]);
