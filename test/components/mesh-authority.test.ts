import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Mesh } from "../../components";
import { deploy, find, outline } from "../support/mocks";
import { settingsWith, type Raw } from "../support/settings";
import { scratchFolder } from "../support/scratch";

function mesh(raw: Raw) {
    return deploy(() => new Mesh("mesh", settingsWith(raw)));
}

describe("MeshAuthority", () => {
    const files = ["ca-cert.pem", "ca-key.pem", "cert-chain.pem", "root-cert.pem"];
    const directory = scratchFolder();
    beforeEach(() => {
        for (const file of files) writeFileSync(join(directory.path, file), `text of ${file}`);
    });

    it("isn't there where istiod signs by a root of its own", async () => {
        const { resources } = await mesh({});
        assert.deepEqual(
            resources.filter(({ type }) => type.includes("MeshAuthority")),
            [],
        );
    });

    for (const [installMethod, namespaces] of [
        ["helm", "mesh-istio-system"],
        ["sail", "mesh-istio-system, mesh-sail-operator"],
    ] as const) {
        it(`makes the Secret before istiod, protected, by ${installMethod}`, async () => {
            const { resources } = await mesh({
                installMethod,
                mesh: { ca: { secret: { directory: directory.path } } },
            });
            const lines = outline(resources);
            assert.deepEqual(
                lines.filter(
                    (line) => line.includes("mesh-authority |") || line.includes("Secret"),
                ),
                [
                    `istio-mesh:mesh:MeshAuthority mesh-authority | in mesh | after ${namespaces}`,
                    `kubernetes:core/v1:Secret mesh-authority-secret | in mesh-authority | after ${namespaces}`,
                ],
            );
            const { dependsOn } = find(resources, `mesh-${installMethod}`);
            assert.equal(dependsOn.includes("mesh-authority-secret"), true);
            assert.deepEqual(find(resources, "mesh-authority-secret").options, { protect: true });
        });
    }

    it("keeps the key out of every reader's sight, in the Secret only", async () => {
        const { resources } = await mesh({
            mesh: { ca: { secret: { directory: directory.path, protect: false } } },
        });
        const { inputs, options } = find(resources, "mesh-authority-secret");
        assert.deepEqual(options, {});
        // A mark of the engine's says that the value is a secret.
        const data = inputs["data"] as Record<string, unknown>;
        assert.equal(data["4dabf18193072939515e22adb298388d"], "1b47061264138c4ac30d75fd1eb44270");
        assert.deepEqual(
            data["value"],
            Object.fromEntries(
                files.map((file) => [file, Buffer.from(`text of ${file}`).toString("base64")]),
            ),
        );
        const key = Buffer.from("text of ca-key.pem").toString("base64");
        const telling = resources.filter((one) => JSON.stringify(one).includes(key));
        assert.deepEqual(
            telling.map(({ name }) => name),
            ["mesh-authority-secret"],
        );
    });

    it("asks cert-manager for istiod's certificate, and waits for it before istiod", async () => {
        const { resources } = await mesh({
            dataPlane: "ambient",
            mesh: { ca: { istioCsr: { issuer: { name: "istio-ca" } } } },
        });
        const { type, inputs, options } = find(resources, "mesh-authority-istiod");
        assert.equal(type, "kubernetes:cert-manager.io/v1:Certificate");
        assert.deepEqual(options, { deleteBeforeReplace: true });
        assert.deepEqual(inputs["metadata"], {
            name: "istiod-tls",
            namespace: "istio-system",
            annotations: {
                "pulumi.com/waitFor": "condition=Ready",
                "pulumi.com/timeoutSeconds": "180",
            },
        });
        assert.equal(
            find(resources, "mesh-helm").dependsOn.includes("mesh-authority-istiod"),
            true,
        );
    });

    it("tells istiod not to sign, and ztunnel and proxies where to ask", async () => {
        const { resources } = await mesh({
            dataPlane: "ambient",
            mesh: { ca: { istioCsr: { issuer: { name: "istio-ca" } } } },
        });
        const values = (chart: string) =>
            find(resources, `mesh-helm-${chart}`).inputs["values"] as Record<string, unknown>;
        const address = "cert-manager-istio-csr.cert-manager.svc:443";
        const istiod = values("istiod") as { global: { caAddress: string }; pilot: object };
        assert.equal(istiod.global.caAddress, address);
        assert.deepEqual((istiod.pilot as { env: object }).env, { ENABLE_CA_SERVER: "false" });
        assert.equal(values("ztunnel")["caAddress"], address);
    });

    it("tells the operator's objects the same", async () => {
        const { resources } = await mesh({
            installMethod: "sail",
            dataPlane: "ambient",
            mesh: {
                ca: { istioCsr: { address: "csr.pki.svc:8443", issuer: { name: "istio-ca" } } },
            },
        });
        const spec = (role: string) =>
            find(resources, `mesh-sail-${role}`).inputs["spec"] as {
                values: {
                    global?: { caAddress?: string };
                    pilot?: { env?: object };
                    ztunnel?: { caAddress?: string };
                };
            };
        assert.equal(spec("istio").values.global?.caAddress, "csr.pki.svc:8443");
        assert.deepEqual(spec("istio").values.pilot?.env, { ENABLE_CA_SERVER: "false" });
        assert.equal(spec("ztunnel").values.ztunnel?.caAddress, "csr.pki.svc:8443");
    });
});
