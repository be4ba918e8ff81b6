import assert from "node:assert/strict";
import { readCommand } from "../../review/run/arguments";

describe("the command line of review", () => {
    it("reviews the named stacks, each once, and finds out where", () => {
        assert.deepEqual(readCommand(["dev", "prod", "dev"]), {
            does: "review",
            stacks: ["dev", "prod"],
            place: "found out",
            out: ".review",
        });
    });

    it("reads every option, with a space or an equals sign", () => {
        const words = "dev --own --out o --events=e --prices p --width 60 --fail-on irreversible";
        assert.deepEqual(readCommand([...words.split(" "), "--save-plan", "plan.json"]), {
            does: "review",
            stacks: ["dev"],
            place: "own",
            out: "o",
            events: "e",
            prices: "p",
            savePlan: "plan.json",
            width: 60,
            failOn: "irreversible",
        });
    });

    it("shows its usage on --help, whatever else is said", () => {
        assert.deepEqual(readCommand(["dev", "--nonsense", "--help"]), { does: "usage" });
    });

    for (const [words, what] of [
        ["", "name a stack"],
        ["dev --colour", "--colour is no option"],
        ["dev --out", "--out needs a value"],
        ["dev --out --own", "--out needs a value"],
        ["dev --own --sandbox", "--sandbox and --own exclude each other"],
        ["dev prod --events log", "--events and --save-plan are for one stack"],
        ["dev --width wide", '--width is a number of columns from 10, not "wide"'],
        ["dev --width 5", '--width is a number of columns from 10, not "5"'],
    ] as const) {
        it(`refuses "${words}"`, () => {
            assert.deepEqual(readCommand(words.split(" ").filter((word) => word !== "")), {
                does: "mistake",
                what,
            });
        });
    }

    it("names the classes when --fail-on is given another", () => {
        const command = readCommand(["dev", "--fail-on", "nothing"]);
        assert.equal(command.does, "mistake");
        assert.match(
            "what" in command ? command.what : "",
            /config-push.*irreversible, not "nothing"/,
        );
    });
});
