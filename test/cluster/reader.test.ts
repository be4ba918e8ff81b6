import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lookAt } from "../../cluster";
import { credentialsOf } from "../../cluster/credentials";
import { liveMesh } from "../../cluster/live-mesh";
import { ClusterReader } from "../../cluster/reader";
import type { Target } from "../../settings/target";
import { settingsWith } from "../support/settings";

let folder = "";
before(() => {
    folder = mkdtempSync(join(tmpdir(), "istio-mesh-cluster-"));
});
after(() => {
    rmSync(folder, { recursive: true });
});

/** A kubeconfig with one context, for one user of one cluster. */
function target(user: object, cluster: object = {}, server = "https://127.0.0.1:6443"): Target {
    const kubeconfig = join(folder, "config");
    writeFileSync(
        kubeconfig,
        JSON.stringify({
            clusters: [{ name: "c", cluster: { server, ...cluster } }],
            contexts: [{ name: "k", context: { cluster: "c", user: "u" } }],
            users: [{ name: "u", user }],
        }),
    );
    return { kubeconfig, context: "k", server };
}

describe("credentialsOf", () => {
    const server = "https://127.0.0.1:6443";
    const data = (text: string) => Buffer.from(text).toString("base64");

    it("reads certificates from the file itself", async () => {
        const found = await credentialsOf(
            target(
                { "client-certificate-data": data("cert"), "client-key-data": data("key") },
                { "certificate-authority-data": data("ca"), "tls-server-name": "kubernetes" },
            ),
        );
        assert.deepEqual(found, {
            server,
            ca: Buffer.from("ca"),
            cert: Buffer.from("cert"),
            key: Buffer.from("key"),
            servername: "kubernetes",
        });
    });

    it("reads files beside the kubeconfig", async () => {
        for (const name of ["ca", "cert", "key"]) writeFileSync(join(folder, name), name);
        writeFileSync(join(folder, "token"), "secret\n");
        const certificate = { "client-certificate": "cert", "client-key": join(folder, "key") };
        const authority = { "certificate-authority": "ca" };
        assert.deepEqual(await credentialsOf(target(certificate, authority)), {
            server,
            ca: Buffer.from("ca"),
            cert: Buffer.from("cert"),
            key: Buffer.from("key"),
        });
        assert.deepEqual(await credentialsOf(target({ tokenFile: "token" })), {
            server,
            token: "secret",
        });
    });

    it("takes tokens, passwords and a server that isn't verified", async () => {
        assert.deepEqual(
            await credentialsOf(target({ token: "t" }, { "insecure-skip-tls-verify": true })),
            { server, token: "t", insecure: true },
        );
        assert.deepEqual(await credentialsOf(target({ username: "me", password: "p" })), {
            server,
            username: "me",
            password: "p",
        });
    });

    it("asks the program that a cloud's kubeconfig names", async () => {
        const script = `
            const { spec } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
            const token = [process.env.CLOUD, process.argv[1], spec.interactive].join(" ");
            console.log(JSON.stringify({ status: { token, clientCertificateData: "PEM" } }));`;
        const exec = {
            apiVersion: "client.authentication.k8s.io/v1",
            command: process.execPath,
            args: ["-e", script, "argument"],
            env: [{ name: "CLOUD", value: "nine" }],
        };
        assert.deepEqual(await credentialsOf(target({ exec })), {
            server,
            token: "nine argument false",
            cert: Buffer.from("PEM"),
        });
    });

    const refused: [title: string, user: object, cluster: object, message: string | RegExp][] = [
        ["a proxy", {}, { "proxy-url": "http://p" }, "its kubeconfig leads through a proxy"],
        [
            "an auth-provider",
            { "auth-provider": { name: "gcp" } },
            {},
            "its kubeconfig uses an auth-provider, which kubectl has dropped too",
        ],
        [
            "a program that isn't there",
            { exec: { apiVersion: "v1", command: "/absent/program" } },
            {},
            "spawn /absent/program ENOENT",
        ],
        [
            "a user that is none",
            { token: 5 },
            {},
            "context k names no cluster and user of its own file",
        ],
    ];
    for (const [title, user, cluster, message] of refused) {
        it(`says that it can't go by ${title}`, async () => {
            await assert.rejects(credentialsOf(target(user, cluster)), { message });
        });
    }
});

describe("ClusterReader", () => {
    /** Answers by path, and keeps what it was sent. */
    const answers: Record<string, [status: number, body: string]> = {};
    const sent: (string | undefined)[] = [];
    const server = createServer((request, response) => {
        sent.push(request.headers.authorization);
        const [status, body] = answers[request.url ?? ""] ?? [404, ""];
        response.writeHead(status).end(body);
    });
    let url = "";
    before(async () => {
        await once(server.listen(0, "127.0.0.1"), "listening");
        url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => server.close());
    beforeEach(() => {
        for (const path of Object.keys(answers)) Reflect.deleteProperty(answers, path);
        sent.length = 0;
    });

    const json = (value: unknown): [number, string] => [200, JSON.stringify(value)];

    it("gives the JSON at a path, and nothing where there is none", async () => {
        answers["/version"] = json({ minor: "36" });
        const reader = new ClusterReader({ server: `${url}/`, token: "t" });
        assert.deepEqual(await reader.get("/version"), { minor: "36" });
        assert.equal(await reader.get("/absent"), undefined);
        assert.deepEqual(sent, ["Bearer t", "Bearer t"]);
    });

    it("sends a name and password", async () => {
        await new ClusterReader({ server: url, username: "me", password: "p" }).get("/");
        assert.deepEqual(sent, [`Basic ${Buffer.from("me:p").toString("base64")}`]);
    });

    it("passes the server's refusal on, in its words", async () => {
        answers["/secret"] = [403, JSON.stringify({ message: "you may not" })];
        answers["/broken"] = [500, "<html>"];
        const reader = new ClusterReader({ server: url });
        await assert.rejects(reader.get("/secret"), {
            message: "the API server answers /secret with 403: you may not",
        });
        await assert.rejects(reader.get("/broken"), {
            message: "the API server answers /broken with 500: <html>",
        });
    });

    const DEPLOYMENTS =
        "/apis/apps/v1/namespaces/istio-system/deployments?labelSelector=app%3Distiod";
    const deployment = (name: string, image: string, owner: string) => ({
        metadata: { name, ownerReferences: [{ apiVersion: owner }] },
        spec: { template: { spec: { containers: [{ name: "discovery", image }] } } },
    });

    function populate(): void {
        answers["/version"] = json({ major: "1", minor: "34+" });
        answers[DEPLOYMENTS] = json({
            items: [
                deployment("istiod", "docker.io/istio/pilot:1.30.7-distroless", "apps/v1"),
                deployment("istiod-canary", "me:5000/pilot:dev", "sailoperator.io/v1"),
            ],
        });
        answers["/apis/sailoperator.io/v1/istios"] = json({
            items: [{ metadata: { name: "default" }, spec: { version: "v1.31.3" } }],
        });
        answers["/api/v1/namespaces"] = json({
            items: [
                { metadata: { name: "shop", labels: { "istio-injection": "enabled" } } },
                { metadata: { name: "bare" } },
            ],
        });
    }

    it("shows the live mesh, whoever made which part", async () => {
        populate();
        assert.deepEqual(await liveMesh(new ClusterReader({ server: url })), {
            kubernetes: "1.34",
            istiods: [
                { name: "istiod", bySail: false, version: "1.30.7" },
                { name: "istiod-canary", bySail: true },
            ],
            objects: [{ kind: "Istio", name: "default", version: "1.31.3" }],
            namespaces: [
                { name: "shop", labels: { "istio-injection": "enabled" } },
                { name: "bare", labels: {} },
            ],
        });
    });

    it("finds problems in it before anything is changed", async () => {
        populate();
        const look = await lookAt(target({ token: "t" }, {}, url), settingsWith());
        assert.deepEqual(look.reader && look.problems.map(({ path }) => path), [["installMethod"]]);
    });

    it("looks at the Gateway API where others own it", async () => {
        populate();
        const settings = settingsWith({
            installMethod: "sail",
            istioVersion: "1.31.3",
            gatewayApi: { owner: "platform" },
        });
        answers[DEPLOYMENTS] = json({ items: [] });
        const look = await lookAt(target({ token: "t" }, {}, url), settings);
        assert.deepEqual(look.reader && look.problems.map(({ path }) => path), [
            ["gatewayApi", "owner"],
        ]);
    });

    it("tells which namespaces move, and what must restart", async () => {
        populate();
        const look = await lookAt(
            target({ token: "t" }, {}, url),
            settingsWith({ dataPlane: "ambient", namespaces: [{ name: "shop" }] }),
        );
        assert.deepEqual(look.reader && look.moves, [
            "Namespace shop moves from sidecars to ambient: running pods keep their sidecars until they restart, and are captured then; without a waypoint their L7 routes and policies end. Then: kubectl -n shop rollout restart deployment",
        ]);
    });

    it("says why a cluster can't be read", async () => {
        answers["/version"] = [401, ""];
        const look = await lookAt(target({ token: "t" }, {}, url), settingsWith());
        assert.deepEqual(look, { blind: "the API server answers /version with 401: " });
    });
});
