import assert from "node:assert/strict";
import { Display } from "../../sandbox/display";
import { reportIn } from "../../sandbox/failure";
import { seconds } from "../../sandbox/progress";
import { countByComponent, summaryOf } from "../../sandbox/summary";

describe("Display", () => {
    it("shows each resource's line once, however often and in what pieces it comes", () => {
        const shown: string[] = [];
        const display = new Display((text) => shown.push(text));
        const text = [
            "Updating (dev):",
            "@ updating....",
            " +  v1:Namespace a creating (0s) ",
            " +  v1:Namespace a creating (1s) ",
            " +  v1:Namespace b creating (0s) ",
            " +  v1:Namespace a creating (1s) waiting for b",
            " +  v1:Namespace a creating (2s) waiting for b",
            " +  v1:Namespace a created (3s) ",
            "    warning: using pulumi-analyzer-policy-nodejs from $PATH at /s/bin/x",
            "Diagnostics:",
            "  pulumi:pulumi:Stack (dev):",
            "    error: config is wrong:",
            "      size must be small",
            "    error: config is wrong:",
            "      size must be small",
            "",
            "Resources:",
            "",
        ].join("\n");
        for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) display.take(piece);
        assert.deepEqual(shown, [
            "Updating (dev):\n",
            " +  v1:Namespace a creating (0s) \n",
            " +  v1:Namespace b creating (0s) \n",
            " +  v1:Namespace a creating (1s) waiting for b\n",
            " +  v1:Namespace a created (3s) \n",
            "Diagnostics:\n",
            "  pulumi:pulumi:Stack (dev):\n",
            "    error: config is wrong:\n",
            "      size must be small\n",
            "Resources:\n",
        ]);
    });
});

describe("reportIn", () => {
    it("keeps policies and diagnostics of a long output", () => {
        const text = [
            "code: 1",
            " stdout: Updating (dev):",
            " +  a b creating",
            "Diagnostics:",
            "  kubernetes:core/v1:ConfigMap (x):",
            "    error: no",
            "",
            "Resources:",
            "    + 1 created",
            " stderr: warning",
        ].join("\n");
        assert.equal(
            reportIn(text),
            "Diagnostics:\n  kubernetes:core/v1:ConfigMap (x):\n    error: no",
        );
    });

    it("takes standard error when the engine reported nothing", () => {
        assert.equal(
            reportIn(
                "code: 255\n stdout: \n stderr: error: the stack is currently locked\n err?: x",
            ),
            "error: the stack is currently locked",
        );
    });
});

describe("countByComponent", () => {
    it("counts objects by the nearest component above them", () => {
        const resources = [
            { urn: "u::stack", type: "pulumi:pulumi:Stack" },
            {
                urn: "u::cluster",
                type: "pulumi:providers:kubernetes",
                custom: true,
                parent: "u::stack",
            },
            { urn: "u::mesh", type: "istio-mesh:mesh:Mesh", parent: "u::stack" },
            { urn: "u::chart", type: "kubernetes:helm.sh/v4:Chart", parent: "u::mesh" },
            { urn: "u::a", type: "k", custom: true, parent: "u::chart" },
            { urn: "u::b", type: "k", custom: true, parent: "u::chart" },
            { urn: "u::c", type: "k", custom: true, parent: "u::stack" },
        ];
        assert.deepEqual(countByComponent(resources), [
            { component: "Chart chart", objects: 2 },
            { component: "the program", objects: 1 },
        ]);
    });
});

describe("summaryOf", () => {
    it("hides secret outputs and ends with the next commands", () => {
        const text = summaryOf({
            stack: "prod",
            outputs: {
                token: { value: "x", secret: true },
                revision: { value: "r", secret: false },
            },
            resources: [],
            changes: { same: 3 },
            kubectl: "kubectl --kubeconfig /s/k",
        });
        assert.deepEqual(text.split("\n").slice(0, 6), [
            "Stack prod: 0 objects in the sandbox, nothing to change.",
            "Outputs:",
            "  token: [secret]",
            "  revision: r",
            "Next:",
            "  kubectl --kubeconfig /s/k get pods -A",
        ]);
    });
});

describe("seconds", () => {
    it("speaks of seconds and minutes", () => {
        assert.deepEqual([420, 12_300, 185_000].map(seconds), ["0.4 s", "12 s", "3 min 5 s"]);
    });
});
