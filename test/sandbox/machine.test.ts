import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { toolNamed } from "../../sandbox/catalog";
import { engineRoleOf, partOf } from "../../sandbox/components";
import { clusterConfig } from "../../sandbox/control-plane";
import { checksumIn } from "../../sandbox/download";
import { playedConditions } from "../../sandbox/gateway-player";
import { cacheFolder, PROJECT_FOLDER, statePlaces } from "../../sandbox/places";
import { freePorts } from "../../sandbox/ports";
import { commandLine, endProcess, parsePs } from "../../sandbox/processes";
import { platformOf, toolFolder, waysFrom } from "../../sandbox/resolve";
import type { Toolbox } from "../../sandbox/resolve";

const places = statePlaces("/s");

describe("partOf", () => {
    const bin = "/s/kwok/clusters/istio-mesh-sandbox/bin";
    const cases: readonly (readonly [string, string | undefined])[] = [
        [`${bin}/etcd --name=node0`, "etcd"],
        [`${bin}/kwok-controller --manage-all-nodes=true`, "kwok-controller"],
        [
            `node -r x ${PROJECT_FOLDER}/sandbox/gateway-player.ts /s/kubeconfig.yaml`,
            "gateway-player",
        ],
        [`node -r x ${PROJECT_FOLDER}/sandbox/gateway-player.ts /t/kubeconfig.yaml`, undefined],
        [
            `node -r x ${PROJECT_FOLDER}/sandbox/sail/operator.ts /p /c - /s/kubeconfig.yaml`,
            "sail-operator",
        ],
        ["/s/sail/bin/pulumi-resource-kubernetes 127.0.0.1:1", "sail-operator"],
        ["/t/sail/bin/pulumi-resource-kubernetes 127.0.0.1:1", undefined],
        ["/t/kwok/clusters/istio-mesh-sandbox/bin/etcd --name=node0", undefined],
        [`tail -f ${bin}/etcd `, undefined],
    ];
    for (const [command, part] of cases) {
        it(`takes "${command}" for ${part ?? "no part of it"}`, () => {
            assert.equal(partOf(command, places), part);
        });
    }
});

describe("engineRoleOf", () => {
    it("knows the engine, its provider and its policy host, of this sandbox only", () => {
        assert.deepEqual(
            [
                "/s/engine/bin/pulumi up --yes",
                "/s/home/plugins/resource-kubernetes-v4.25.0/pulumi-resource-kubernetes 127.0.0.1:1",
                "/usr/bin/node /s/bin/pulumi-analyzer-policy-nodejs 127.0.0.1:1 .",
                "pulumi up --yes",
                "/t/engine/bin/pulumi up",
            ].map((command) => engineRoleOf(command, places)),
            ["engine", "plugin", "plugin", undefined, undefined],
        );
    });
});

describe("clusterConfig", () => {
    it("listens on loopback only", () => {
        const ports = {
            etcd: 1,
            etcdPeer: 2,
            apiServer: 3,
            controllerManager: 4,
            scheduler: 5,
            kwok: 6,
        };
        const config = clusterConfig({} as Toolbox, places, ports, "1.36.3") as {
            options: { bindAddress: string };
        };
        assert.equal(config.options.bindAddress, "127.0.0.1");
    });
});

describe("playedConditions", () => {
    const gateway = (gatewayClassName: string, conditions: readonly never[] = []) => ({
        metadata: { name: "w", namespace: "n", generation: 2 },
        spec: { gatewayClassName },
        status: { conditions },
    });

    it("says Accepted and Programmed of a waypoint, as played", () => {
        const common = {
            status: "True",
            message: "played by the sandbox: no istiod runs here",
            lastTransitionTime: "2026-01-02T03:04:05Z",
            observedGeneration: 2,
        };
        assert.deepEqual(
            playedConditions(gateway("istio-waypoint"), new Date("2026-01-02T03:04:05.678Z")),
            [
                { type: "Accepted", reason: "Accepted", ...common },
                { type: "Programmed", reason: "Programmed", ...common },
            ],
        );
    });

    it("leaves alone what is said already, and other controllers' classes", () => {
        const done = playedConditions(gateway("istio"), new Date()) as unknown as readonly never[];
        assert.deepEqual(
            [
                playedConditions(gateway("istio", done), new Date()),
                playedConditions(gateway("istioish"), new Date()),
                playedConditions(gateway("nginx"), new Date()),
            ],
            [undefined, undefined, undefined],
        );
    });
});

describe("freePorts", () => {
    it("keeps a wished port while it is free and gives another when it is taken", async () => {
        const { first } = await freePorts(["first"]);
        const { kept } = await freePorts(["kept"], { kept: first });
        const server = createServer();
        await new Promise<void>((done) => server.listen(first, "127.0.0.1", done));
        try {
            const { moved } = await freePorts(["moved"], { moved: first });
            assert.deepEqual([kept === first, moved === first], [true, false]);
        } finally {
            server.close();
        }
    });
});

describe("endProcess", () => {
    it("ends the process it means, and not one that got its id later", async () => {
        const child = spawn("sleep", ["60"]);
        const pid = child.pid!;
        await endProcess({ pid, command: "another program" });
        const spared = await commandLine(pid);
        await endProcess({ pid, command: "sleep 60" });
        assert.deepEqual([spared, await commandLine(pid)], ["sleep 60", undefined]);
    });
});

describe("parsePs", () => {
    it("reads process ids and command lines", () => {
        assert.deepEqual(parsePs("    1 /sbin/launchd\n  345 /s/bin/etcd --name x\n\n"), [
            { pid: 1, command: "/sbin/launchd" },
            { pid: 345, command: "/s/bin/etcd --name x" },
        ]);
    });
});

describe("checksumIn", () => {
    const sum = "a".repeat(64);
    const other = "b".repeat(64);
    it("reads a bare sum, or the line of its file", () => {
        assert.deepEqual(
            [
                checksumIn(`${sum}\n`, "x"),
                checksumIn(`${other}  y\n${sum} *x\n`, "x"),
                checksumIn(`${other}  y\n`, "x"),
                checksumIn("<html>not found</html>", "x"),
            ],
            [sum, sum, undefined, undefined],
        );
    });
});

describe("waysFrom", () => {
    it("takes every way by default and keeps their order", () => {
        assert.deepEqual(
            [waysFrom(undefined), waysFrom("build, path")],
            [
                ["path", "download", "build"],
                ["path", "build"],
            ],
        );
    });

    it("refuses a way it does not know", () => {
        assert.throws(() => waysFrom("docker"), {
            message:
                'ISTIO_MESH_TOOLS says "docker".\n  Allowed is a list of path, download, build, for example ISTIO_MESH_TOOLS=path,build.',
        });
    });
});

describe("platformOf", () => {
    it("says where the sandbox runs when it does not run here", () => {
        assert.throws(() => platformOf("win32", "x64"), {
            message:
                "The sandbox runs on Linux and macOS, on x64 and arm64; this is win32 on x64.\n  On Windows use WSL; or deploy to a cluster of yours with the released CLI: pulumi up -s <stack>.",
        });
    });
});

describe("cacheFolder", () => {
    it("follows ISTIO_MESH_CACHE, then the platform", () => {
        const around = (env: Record<string, string>, platform: NodeJS.Platform) =>
            cacheFolder({ env, platform, home: "/h" });
        assert.deepEqual(
            [
                around({ ISTIO_MESH_CACHE: "/c", XDG_CACHE_HOME: "/x" }, "linux"),
                around({ XDG_CACHE_HOME: "/x" }, "linux"),
                around({}, "linux"),
                around({}, "darwin"),
            ],
            ["/c", "/x/istio-mesh", "/h/.cache/istio-mesh", "/h/Library/Caches/istio-mesh"],
        );
    });

    it("keeps each version and platform of a tool apart", () => {
        assert.equal(
            toolFolder("/c", toolNamed("etcd"), { os: "linux", arch: "arm64" }),
            "/c/etcd/3.7.3-linux-arm64",
        );
    });
});
