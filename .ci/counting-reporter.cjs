/**
 * Mocha's usual report, with each failed attempt's error at once, also of a test that passes when it is retried;
 * beside it the counts as JSON in the file that MOCHA_COUNTS names.
 */
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        for (const event of ["retry", "fail"]) {
            runner.on(event, (test, error) => {
                console.log(`${event}: ${test.fullTitle()}: ${String(error).slice(0, 2_000)}`);
            });
        }
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            const counts = { passed: passes, failed: failures, skipped: pending };
            writeFileSync(process.env.MOCHA_COUNTS, JSON.stringify(counts));
        });
    }
};
