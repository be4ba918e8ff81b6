import assert from "node:assert/strict";
import { checkStack, overlaid, SANDBOX_SECRET, stackNames } from "../../sandbox/stack-files";

const overlay = {
    project: "istio-mesh",
    kubeconfig: "/s/kubeconfig.yaml",
    sources: { charts: "/c/charts", gatewayApi: "/c/crds" },
    config: {},
};
const target = {
    "istio-mesh:kubeconfig": "/s/kubeconfig.yaml",
    "istio-mesh:kubeContext": "istio-mesh-sandbox",
};

describe("overlaid", () => {
    it("aims the stack at the sandbox and keeps its own config", () => {
        const file = {
            config: { "pulumi:disable-default-providers": ["*"], "istio-mesh:kubeContext": "prod" },
        };
        assert.deepEqual(overlaid(file, { ...overlay, sources: {} }), {
            config: { "pulumi:disable-default-providers": ["*"], ...target },
        });
    });

    it("puts local charts in the place of a repository or registry", () => {
        const charts = {
            repository: "https://charts.example",
            oci: "oci://x",
            hub: "docker.io/istio",
        };
        const file = {
            config: { "istio-mesh:charts": charts, "istio-mesh:gatewayApi": { version: "1.6.0" } },
        };
        assert.deepEqual(overlaid(file, overlay), {
            config: {
                "istio-mesh:charts": { hub: "docker.io/istio", directory: "/c/charts" },
                "istio-mesh:gatewayApi": { version: "1.6.0", directory: "/c/crds" },
                ...target,
            },
        });
    });

    it("keeps the stack's chart source while the official repository answers", () => {
        const charts = { "istio-mesh:charts": { oci: "oci://x" } };
        assert.deepEqual(overlaid({ config: charts }, { ...overlay, sources: {} }), {
            config: { ...charts, ...target },
        });
    });

    it("lets the caller's config win, and takes a key away for null", () => {
        const file = { config: { "istio-mesh:size": "homelab", "istio-mesh:gateways": [] } };
        const config = { "istio-mesh:size": "production", "istio-mesh:gateways": null };
        assert.deepEqual(overlaid(file, { ...overlay, sources: {}, config }), {
            config: { "istio-mesh:size": "production", ...target },
        });
    });

    it("needs none of the user's secrets: encryption goes, secrets get a stand-in", () => {
        const file = {
            secretsprovider: "awskms://alias/x",
            encryptedkey: "k",
            encryptionsalt: "theirs",
            config: {
                "istio-mesh:a": { secure: "v1:x" },
                "istio-mesh:b": [{ c: { secure: "v1:y" } }],
            },
        };
        assert.deepEqual(overlaid(file, { ...overlay, sources: {}, salt: "ours" }), {
            encryptionsalt: "ours",
            config: {
                "istio-mesh:a": SANDBOX_SECRET,
                "istio-mesh:b": [{ c: SANDBOX_SECRET }],
                ...target,
            },
        });
    });
});

describe("checkStack", () => {
    it("lists the stacks there are for one that isn't", async () => {
        const names = (await stackNames()).join(", ");
        await assert.rejects(checkStack("nope"), {
            name: "SandboxProblem",
            message: `There is no stack "nope": the project has no Pulumi.nope.yaml.\n  Stacks: ${names}.`,
        });
    });
});
