import assert from "node:assert/strict";
import { problemsMessage, shown, type Problem } from "../../settings/problems";

const PORT: Problem = {
    path: ["workloads", 0, "port"],
    given: "0",
    allowed: "a port from 1 to 65535",
    fix: "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
};
const SIZE: Problem = {
    path: ["size"],
    given: '"big"',
    allowed: '"homelab", "production"',
    fix: "pulumi config set istio-mesh:size homelab",
};

describe("problemsMessage", () => {
    it("names the stack and tells one problem in four lines", () => {
        assert.equal(
            problemsMessage("dev", [SIZE]),
            `The config of stack dev has 1 problem; nothing was changed.

  istio-mesh:size
    given:   "big"
    allowed: "homelab", "production"
    fix:     pulumi config set istio-mesh:size homelab`,
        );
    });

    it("tells several in one message", () => {
        assert.equal(
            problemsMessage("prod", [PORT, SIZE]),
            `The config of stack prod has 2 problems; nothing was changed.

  istio-mesh:workloads[0].port
    given:   0
    allowed: a port from 1 to 65535
    fix:     pulumi config set --path 'istio-mesh:workloads[0].port' 8080

  istio-mesh:size
    given:   "big"
    allowed: "homelab", "production"
    fix:     pulumi config set istio-mesh:size homelab`,
        );
    });
});

describe("shown", () => {
    it("says nothing of what is absent", () => {
        assert.equal(shown(undefined), "nothing");
    });

    it("keeps texts and numbers apart, and all on one line", () => {
        assert.deepEqual([shown("3"), shown(3), shown("a\nb")], ['"3"', "3", String.raw`"a\nb"`]);
    });

    it("cuts at 60 characters", () => {
        assert.equal(shown("x".repeat(58)).length, 60);
        assert.equal(shown("x".repeat(59)), `"${"x".repeat(56)}...`);
    });
});
