import assert from "node:assert/strict";
import { readCommand } from "../../sandbox/commands";
import type { Command } from "../../sandbox/commands";

describe("readCommand", () => {
    const cases: readonly (readonly [string, Command])[] = [
        ["", { does: "start", stack: "dev" }],
        ["prod", { does: "start", stack: "prod" }],
        ["prod dev", { does: "mistake", word: "dev" }],
        ["--force", { does: "mistake", word: "--force" }],
        ["--help", { does: "usage" }],
        ["sandbox", { does: "usage" }],
        ["sandbox start", { does: "start", stack: "dev" }],
        ["sandbox preview", { does: "preview", stack: "dev" }],
        ["sandbox preview prod", { does: "preview", stack: "prod" }],
        ["sandbox destroy prod", { does: "destroy", stack: "prod" }],
        ["sandbox destroy prod dev", { does: "mistake", word: "dev" }],
        ["sandbox status", { does: "status" }],
        ["sandbox stop", { does: "stop" }],
        ["sandbox reset", { does: "reset" }],
        ["sandbox reset prod", { does: "mistake", word: "prod" }],
        ["sandbox halt", { does: "mistake", word: "halt" }],
    ];
    for (const [line, command] of cases) {
        it(`reads "${line}" as ${JSON.stringify(command)}`, () => {
            assert.deepEqual(readCommand(line.split(" ").filter(Boolean)), command);
        });
    }
});
