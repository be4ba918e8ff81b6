import assert from "node:assert/strict";
import { freePodAddress, Loopback, MOST_PODS, openPort } from "../../../sandbox/living/addresses";
import { bytes, environmentOf, expanded } from "../../../sandbox/living/environment";
import { deploymentOf, leaderOf, leadersOf } from "../../../sandbox/living/istiods";
import type { Container, Pod } from "../../../sandbox/living/objects";
import { istiodConfigMaps, istiodProgram, proxyProgram } from "../../../sandbox/living/programs";
import { isOwn, roleOf } from "../../../sandbox/living/roles";
import { routesOf } from "../../../sandbox/living/service-network";
import { claimSlot } from "../../../sandbox/living/slots";
import { volumeFiles } from "../../../sandbox/living/volumes";

const pilot: Container = {
    name: "discovery",
    image: "docker.io/istio/pilot:1.31.3-distroless",
    args: ["discovery", "--monitoringAddr=:15014", "--domain", "$(DOMAIN)"],
};

function istiod(name: string, created: string, container: Container = pilot): Pod {
    return {
        metadata: {
            name,
            namespace: "istio-system",
            uid: name,
            labels: { app: "istiod" },
            creationTimestamp: created,
            ownerReferences: [{ kind: "ReplicaSet", name: name.replace(/-[^-]+$/, "") }],
        },
        spec: { nodeName: "node", containers: [container] },
    };
}

describe("addresses", () => {
    it("moves what the cluster addresses to loopback and leaves others", () => {
        const addresses = ["10.64.0.7", "10.96.0.1", "10.0.2.3", "10.5.0.1", "192.0.2.1"];
        const [first, third] = [new Loopback(0), new Loopback(2)];
        assert.deepEqual(
            addresses.map((address) => first.of(address)),
            ["127.64.0.7", "127.96.0.1", "127.72.2.3", "10.5.0.1", "192.0.2.1"],
        );
        assert.deepEqual(
            addresses.map((address) => third.of(address)),
            ["127.66.0.7", "127.98.0.1", "127.74.2.3", "10.5.0.1", "192.0.2.1"],
        );
        assert.equal(first.app("10.64.0.7", true), "127.192.0.7");
        assert.equal(third.app("10.64.0.7", true), "127.194.0.7");
        assert.equal(first.app("10.0.1.7", false), "127.72.1.7");
        assert.equal(third.outbound("10.64.0.7"), "127.130.7.0");
        assert.deepEqual([80, 443, 1024, 9898].map(openPort), [10_080, 10_443, 1_024, 9_898]);
    });

    it("gives each living mesh of a machine a slot of its own, and a dead one's to the next", async () => {
        const [one, other] = [await claimSlot(), await claimSlot()];
        assert.notEqual(one.loopback.slot, other.loopback.slot);
        await new Promise((done) => one.server.close(done));
        const again = await claimSlot();
        assert.equal(again.loopback.slot, one.loopback.slot);
        for (const { server } of [other, again]) server.close();
    });

    it("gives the lowest free address, and none when all are taken", () => {
        assert.equal(freePodAddress(new Set(["10.64.0.2", "10.64.0.4"])), "10.64.0.3");
        const all = Array.from({ length: MOST_PODS }, (_, index) => `10.64.0.${index + 2}`);
        assert.equal(freePodAddress(new Set(all)), undefined);
    });
});

describe("environmentOf", () => {
    const lookup = {
        key: (_kind: string, { key }: { key: string }) =>
            Promise.resolve(key === "there" ? "found" : undefined),
        machine: { cpus: 4, memory: 1_000 },
    };
    const resolved = (env: Container["env"]): Promise<Readonly<Record<string, string>>> =>
        environmentOf(istiod("istiod-a-1", ""), { ...pilot, ...(env ? { env } : {}) }, lookup);

    it("resolves values, fields, resources and keys in order", async () => {
        assert.deepEqual(
            await resolved([
                { name: "NS", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
                { name: "HOST", value: "istiod.$(NS).$(UNKNOWN)" },
                { name: "CPU", valueFrom: { resourceFieldRef: { resource: "limits.cpu" } } },
                {
                    name: "KEY",
                    valueFrom: { configMapKeyRef: { name: "map", key: "there" } },
                },
            ]),
            { NS: "istio-system", HOST: "istiod.istio-system.$(UNKNOWN)", CPU: "4", KEY: "found" },
        );
    });

    it("refuses a missing key that is not optional", async () => {
        await assert.rejects(
            resolved([{ name: "KEY", valueFrom: { secretKeyRef: { name: "s", key: "no" } } }]),
            new Error("container discovery needs KEY from s, which has no key no"),
        );
    });

    it("reads quantities", () => {
        assert.deepEqual(
            ["128Mi", "1Gi", "2G", "100"].map(bytes),
            [134_217_728, 1_073_741_824, 2e9, 100],
        );
        assert.equal(expanded("$(A)$(B)", { A: "x" }), "x$(B)");
    });
});

describe("roleOf", () => {
    it("knows Istio's images in any registry and variant", () => {
        const roles = [
            "docker.io/istio/pilot:1.31.3",
            "registry.example:5000/mirror/proxyv2@sha256:0",
            "ghcr.io/stefanprodan/podinfo:6.9.0",
        ].map((image) => roleOf({ name: "c", image }));
        assert.deepEqual(roles, ["istiod", "proxy", "app"]);
    });

    it("owns istiod's and injected pods only", () => {
        const pod = (labels: object, annotations: object): Pod => ({
            metadata: { name: "p", labels, annotations } as Pod["metadata"],
            spec: { containers: [] },
        });
        assert.deepEqual(
            [
                pod({ app: "istiod" }, {}),
                pod({}, { "sidecar.istio.io/status": "{}" }),
                pod({ app: "shop" }, {}),
            ].map(isOwn),
            [true, true, false],
        );
    });
});

describe("leadersOf", () => {
    it("has one leader for each Deployment and keeps the present one", () => {
        const pods = [
            istiod("istiod-aaa-1", "2026-01-01T00:00:00Z"),
            istiod("istiod-aaa-2", "2026-01-01T00:00:01Z"),
            istiod("istiod-canary-bbb-1", "2026-01-01T00:00:00Z"),
        ];
        const names = (present: string[]): string[] =>
            leadersOf(pods, new Set(present)).map(
                ({ deployment, pod }) => `${deployment} ${pod.metadata.name}`,
            );
        assert.deepEqual(names([]), [
            "istio-system/istiod istiod-aaa-2",
            "istio-system/istiod-canary istiod-canary-bbb-1",
        ]);
        assert.deepEqual(names(["istiod-aaa-1"])[0], "istio-system/istiod istiod-aaa-1");
    });

    it("has the old and the new one lead while the container changes", () => {
        const changed = { ...pilot, env: [{ name: "NEW", value: "1" }] };
        const pods = [
            istiod("istiod-aaa-1", "2026-01-01T00:00:00Z"),
            istiod("istiod-aaa-2", "2026-01-01T00:00:00Z"),
            istiod("istiod-bbb-1", "2026-01-01T00:00:01Z", changed),
        ];
        const leaders = leadersOf(pods, new Set(["istiod-aaa-2"]));
        assert.deepEqual(
            pods.map((pod) => leaderOf(pod, leaders)?.pod.metadata.name),
            ["istiod-aaa-2", "istiod-aaa-2", "istiod-bbb-1"],
        );
        assert.equal(leaderOf(istiod("istiod-canary-ccc-1", ""), leaders), undefined);
        assert.equal(deploymentOf(pods[2]!), "istiod");
    });
});

describe("istiodProgram", () => {
    it("keeps the container's words and adds only addresses", () => {
        const program = istiodProgram("127.64.0.2", pilot, { DOMAIN: "cluster.local" }, "/k");
        assert.deepEqual(program.args, [
            ...["discovery", "--monitoringAddr=:15014", "--domain", "cluster.local"],
            "--httpAddr=127.64.0.2:8080",
            "--grpcAddr=127.64.0.2:15010",
            "--secureGRPCAddr=127.64.0.2:15012",
            "--httpsAddr=127.64.0.2:15017",
            "--monitoringAddr=127.64.0.2:15014",
            "--ctrlz_address=127.0.0.1",
            "--ctrlz_port=0",
            "--kubeconfig=/k",
        ]);
    });

    it("waits for the ConfigMaps of its revision", () => {
        assert.deepEqual(istiodConfigMaps({ REVISION: "default" }), [
            "istio",
            "istio-sidecar-injector",
        ]);
        assert.deepEqual(istiodConfigMaps({ REVISION: "canary" }), [
            "istio-canary",
            "istio-sidecar-injector-canary",
        ]);
    });
});

describe("proxyProgram", () => {
    it("keeps the check of istiod's name and sends the CA's requests where discovery is", () => {
        const { env } = proxyProgram(
            { name: "istio-proxy", image: "proxyv2" },
            {
                CA_ADDR: "istiod-canary.istio-system.svc:15012",
                ISTIO_META_ENABLE_HBONE: "true",
                PROXY_CONFIG:
                    '{"discoveryAddress":"istiod-canary.istio-system.svc:15012","proxyMetadata":{"ISTIO_META_ENABLE_HBONE":"true","ISTIO_META_X":"y"}}',
            },
            { address: "127.66.0.3", slot: 2, envoy: "/e", realEnvoy: "/r", adminPort: 21_000 },
        );
        assert.deepEqual(env, {
            CA_ADDR: "",
            ISTIOD_SAN: "istiod-canary.istio-system.svc",
            LOOPBACK_ENVOY: "/r",
            LOOPBACK_SLOT: "2",
            DNS_PROXY_ADDR: "127.66.0.3:15053",
            CLOUD_PLATFORM: "none",
            // Stock Envoy has no filter for it.
            ISTIO_META_ENABLE_HBONE: "false",
            PROXY_CONFIG:
                '{"discoveryAddress":"istiod-canary.istio-system.svc:15012","proxyMetadata":{"ISTIO_META_ENABLE_HBONE":"false","ISTIO_META_X":"y"},"binaryPath":"/e","proxyAdminPort":21000,"concurrency":1}',
        });
    });
});

describe("volumeFiles", () => {
    it("turns mounts into files below the pod's folder", () => {
        const container: Container = {
            ...pilot,
            volumeMounts: [{ name: "token", mountPath: "/var/run/secrets/tokens" }],
        };
        const pod: Pod = {
            ...istiod("istiod-a-1", "", container),
            spec: {
                containers: [container],
                volumes: [
                    {
                        name: "token",
                        projected: {
                            sources: [
                                {
                                    serviceAccountToken: {
                                        audience: "istio-ca",
                                        path: "istio-token",
                                    },
                                },
                                { configMap: { name: "root", optional: true } },
                            ],
                        },
                    },
                ],
            },
        };
        assert.deepEqual(volumeFiles(pod, container), [
            { path: "var/run/secrets/tokens/", content: { text: "" } },
            {
                path: "var/run/secrets/tokens/istio-token",
                content: { token: { seconds: 3_600, audience: "istio-ca" } },
            },
            {
                path: "var/run/secrets/tokens",
                content: { object: "configmaps", name: "root", optional: true },
            },
        ]);
    });
});

describe("routesOf", () => {
    it("leads each TCP port of a Service with an address to its ready pods", () => {
        const service = (name: string, clusterIP: string): object => ({
            metadata: { name, namespace: "n" },
            spec: { clusterIP, ports: [{ name: "http", port: 80 }] },
        });
        const slice = {
            metadata: {
                name: "a-1",
                namespace: "n",
                labels: { "kubernetes.io/service-name": "a" },
            },
            ports: [{ name: "http", port: 9898 }],
            endpoints: [
                { addresses: ["10.64.0.2"], conditions: { ready: true } },
                { addresses: ["10.64.0.3"], conditions: { ready: false } },
            ],
        };
        assert.deepEqual(
            routesOf([service("a", "10.96.0.9"), service("headless", "None")] as never, [slice]),
            [
                {
                    service: "n/a",
                    address: "10.96.0.9",
                    port: 80,
                    targets: [{ address: "10.64.0.2", port: 9898 }],
                },
            ],
        );
    });
});
