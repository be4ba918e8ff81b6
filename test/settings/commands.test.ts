import assert from "node:assert/strict";
import { pathText, removeCommand, setCommand } from "../../settings/commands";
import { parseShell } from "../support/shell";

describe("pathText", () => {
    const rows: [path: (string | number)[], text: string][] = [
        [["size"], "istio-mesh:size"],
        [["cluster", "name"], "istio-mesh:cluster.name"],
        [["namespaces", 0, "name"], "istio-mesh:namespaces[0].name"],
        [["namespaces", 12], "istio-mesh:namespaces[12]"],
        [["mesh", "a.b", "c"], 'istio-mesh:mesh["a.b"].c'],
        [["mesh", 'say "hi"'], String.raw`istio-mesh:mesh["say \"hi\""]`],
        [["my key"], "istio-mesh:my key"],
    ];
    for (const [path, text] of rows) {
        it(`writes ${JSON.stringify(path)} as the CLI reads it`, () => {
            assert.equal(pathText(path), text);
        });
    }
});

describe("setCommand", () => {
    const rows: [path: (string | number)[], value: string | number | boolean, command: string][] = [
        [["size"], "homelab", "pulumi config set istio-mesh:size homelab"],
        [["kubeContext"], "my cluster", "pulumi config set istio-mesh:kubeContext 'my cluster'"],
        [["kubeContext"], "joe's", String.raw`pulumi config set istio-mesh:kubeContext 'joe'\''s'`],
        [
            ["kubeContext"],
            "a$(rm -rf b)",
            "pulumi config set istio-mesh:kubeContext 'a$(rm -rf b)'",
        ],
        [["kubeContext"], "", "pulumi config set istio-mesh:kubeContext ''"],
        [
            ["kubeconfig"],
            "~/.kube/config",
            "pulumi config set istio-mesh:kubeconfig '~/.kube/config'",
        ],
        [
            ["cluster", "name"],
            "cluster1",
            "pulumi config set --path 'istio-mesh:cluster.name' cluster1",
        ],
        [
            ["workloads", 0, "port"],
            8080,
            "pulumi config set --path 'istio-mesh:workloads[0].port' 8080",
        ],
        [["mesh", "accessLog"], true, "pulumi config set --path 'istio-mesh:mesh.accessLog' true"],
    ];
    for (const [path, value, command] of rows) {
        it(`writes ${JSON.stringify(value)} at ${pathText(path)} so that a shell hands it over`, () => {
            assert.equal(setCommand(path, value), command);
            assert.deepEqual(parseShell(command).slice(-2), [pathText(path), String(value)]);
        });
    }

    it("keeps a text that looks like a number a text below the top level", () => {
        assert.equal(
            setCommand(["namespaces", 0, "name"], "42"),
            "pulumi config set --path --type string 'istio-mesh:namespaces[0].name' 42",
        );
    });

    it("leaves a placeholder bare, so that a shell refuses it until it is filled in", () => {
        const command = setCommand(["kubeContext"], "<context>");
        assert.equal(command, "pulumi config set istio-mesh:kubeContext <context>");
        assert.throws(() => parseShell(command), /syntax error|unexpected/i);
    });
});

describe("removeCommand", () => {
    const rows: [path: (string | number)[], command: string][] = [
        [["addons"], "pulumi config rm istio-mesh:addons"],
        [["my key"], "pulumi config rm 'istio-mesh:my key'"],
        [["charts", "oci"], "pulumi config rm --path 'istio-mesh:charts.oci'"],
        [["mesh", "it's"], String.raw`pulumi config rm --path 'istio-mesh:mesh["it'\''s"]'`],
    ];
    for (const [path, command] of rows) {
        it(`removes ${JSON.stringify(path)} so that a shell hands its path over`, () => {
            assert.equal(removeCommand(path), command);
            assert.equal(parseShell(command).at(-1), pathText(path));
        });
    }
});
