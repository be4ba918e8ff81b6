/** Mocha's usual report, and beside it the counts as JSON in the file that MOCHA_COUNTS names. */
const { writeFileSync } = require("node:fs");
const { reporters } = require("mocha");

module.exports = class extends reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once("end", () => {
            const { passes, failures, pending } = this.stats;
            const counts = { passed: passes, failed: failures, skipped: pending };
            writeFileSync(process.env.MOCHA_COUNTS, JSON.stringify(counts));
        });
    }
};
