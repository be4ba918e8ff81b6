import assert from "node:assert/strict";
import { checkSettings } from "../../../settings/check";
import { pathText } from "../../../settings/commands";
import { block, LEAST, problemsWith, type Raw } from "../../support/settings";
import { run } from "../../support/config-commands";

/** A problem's path, given value, allowed values and fix. */
type Expected = readonly [path: string, given: string, allowed: string, fix: string];

/** What is wrong, the config that has it, and every problem that it makes, in their order. */
export type Row = readonly [title: string, raw: Raw, ...problems: Expected[]];

/**
 * Two tests per row: the text of all problems, whole; and that the commands among their fixes, when
 * somebody runs them, leave none of these problems.
 */
export function table(title: string, rows: readonly Row[]): void {
    describe(title, () => {
        for (const [what, raw, ...problems] of rows) {
            it(`refuses ${what}`, () => {
                const expected = problems.map((parts) => block(...parts)).join("\n\n");
                assert.equal(problemsWith(raw), expected);
            });
            const commands = problems.flatMap(([path, given, , fix]) => {
                const command = /(?:^|or )(pulumi config [^<]*?)(?:, or .*)?$/.exec(fix)?.[1];
                return command === undefined
                    ? []
                    : [{ command, mended: `istio-mesh:${path}: ${given}` }];
            });
            if (commands.length > 0) {
                it(`mends ${what} by its own commands`, () => {
                    const mended = commands.reduce<Raw>(
                        (config, { command }) => run(command, config),
                        { ...LEAST, ...raw },
                    );
                    const left = (checkSettings(mended).problems ?? []).map(
                        ({ path, given }) => `${pathText(path)}: ${given}`,
                    );
                    const same = commands.filter((one) => left.includes(one.mended));
                    assert.deepEqual(same, []);
                });
            }
        }
    });
}
