import assert from "node:assert/strict";
import { readCommand } from "../../verify/arguments";

describe("the command line of verify", () => {
    it("looks at stack dev's cluster unless told otherwise", () => {
        assert.deepEqual(readCommand([]), {
            does: "verify",
            stack: "dev",
            place: "found out",
            json: false,
            strict: false,
        });
    });

    it("reads every option", () => {
        assert.deepEqual(readCommand("prod --own --json --strict --width 60".split(" ")), {
            does: "verify",
            stack: "prod",
            place: "own",
            json: true,
            strict: true,
            width: 60,
        });
        assert.deepEqual(readCommand("--context c --kubeconfig=f".split(" ")), {
            does: "verify",
            stack: "dev",
            place: "found out",
            context: "c",
            kubeconfig: "f",
            json: false,
            strict: false,
        });
    });

    for (const [words, what] of [
        ["dev prod", "one cluster at a time: name one stack"],
        ["--kubeconfig f", "--kubeconfig needs --context: a file may have several"],
        [
            "dev --context c",
            "--context names the cluster: a stack, --sandbox and --own don't go with it",
        ],
        [
            "--context c --own",
            "--context names the cluster: a stack, --sandbox and --own don't go with it",
        ],
        ["--context", "--context needs a value"],
        ["--json=yes", "--json=yes is no option"],
        ["--out folder", "--out is no option"],
    ] as const) {
        it(`refuses ${words}`, () => {
            assert.deepEqual(readCommand(words.split(" ")), { does: "mistake", what });
        });
    }
});
