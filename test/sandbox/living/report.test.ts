import assert from "node:assert/strict";
import { isLiving } from "../../../sandbox/living/leftovers";
import { lastComplaint, refusalIn } from "../../../sandbox/living/log-tail";
import { livingPlaces } from "../../../sandbox/living/places";
import {
    certificateIn,
    mtlsIn,
    NO_PROXY,
    refusedIn,
    syncStatesIn,
} from "../../../sandbox/living/proxies";
import { pauseAfter } from "../../../sandbox/living/supervisor";
import { tableOf } from "../../../sandbox/living/table";

describe("what a living mesh says of itself", () => {
    it("tells its own processes from others", () => {
        const places = livingPlaces({ root: "/s", logs: "/s/logs" });
        assert.equal(isLiving("/s/living/bin/envoy -c x", places), true);
        assert.equal(isLiving("/other/living/bin/envoy -c x", places), false);
    });

    it("keeps a Unix socket's path short", () => {
        const { egress } = livingPlaces({ root: `/${"long/".repeat(30)}`, logs: "/l" });
        assert.ok(egress.length <= 103, egress);
    });

    it("quotes the last complaint, and why istiod refuses a cluster", () => {
        const log =
            "2026-01-01T00:00:00.0Z\tinfo\tfine\n2026-01-01T00:00:00.0Z\terror\tca\tno\tway\nafter";
        assert.equal(lastComplaint(log), "ca no way");
        assert.equal(lastComplaint("2026-01-01T00:00:00.0Z\tinfo\tfine"), "");
        const refused =
            "2026-01-01T00:00:00.0Z\twarning\tenvoy config external/envoy/a.cc:9\tdelta config for Listener rejected: cannot bind '127.64.0.7:9898'\tthread=1";
        const advice =
            "2026-01-01T00:00:00.0Z\twarning\tenvoy main external/envoy/b.cc:9\tno limit is set\tthread=1";
        assert.equal(
            lastComplaint(`${refused}\n${advice}`),
            "delta config for Listener rejected: cannot bind '127.64.0.7:9898' thread=1",
        );
        const bind =
            "2026-01-01T00:00:00.0Z\tcritical\tenvoy main source/server/server.cc:449\terror `cannot bind '127.64.0.7:15090'`";
        const ended = "2026-01-01T00:00:00.0Z\terror\tEnvoy exited with error: exit status 1";
        assert.equal(lastComplaint(`${bind}\n${ended}`), "error `cannot bind '127.64.0.7:15090'`");
        assert.equal(
            lastComplaint("envoy-on-loopback: 2026/01/01 00:00:00 listen: in use\n"),
            "envoy-on-loopback: 2026/01/01 00:00:00 listen: in use",
        );
        const istiodLog = 'error x: client claims to be in cluster "b", but we only know a';
        assert.equal(
            refusalIn(istiodLog, "b"),
            'client claims to be in cluster "b", but we only know a',
        );
        assert.equal(refusalIn(istiodLog, "c"), "");
    });

    it("reads identity, mTLS mode and refusals from Envoy's answers", () => {
        const certs = JSON.stringify({
            certificates: [
                {
                    cert_chain: [
                        {
                            expiration_time: "2026-01-01T00:00:00Z",
                            subject_alt_names: [{ uri: "spiffe://t/ns/n/sa/s" }],
                        },
                    ],
                },
            ],
        });
        assert.deepEqual(certificateIn(certs), {
            identity: "spiffe://t/ns/n/sa/s",
            expires: "2026-01-01T00:00:00Z",
        });
        const inbound = (...chains: object[]): string =>
            JSON.stringify({
                configs: [
                    {
                        name: "virtualInbound",
                        active_state: { listener: { filter_chains: chains } },
                    },
                ],
            });
        const tls = { transport_socket: {} };
        assert.deepEqual([inbound(tls), inbound(tls, {}), inbound({}), ""].map(mtlsIn), [
            "strict",
            "permissive",
            "off",
            "",
        ]);
        const stat = (name: string, value: number): object => ({ name, value });
        assert.equal(
            refusedIn(
                JSON.stringify({
                    stats: [
                        stat("listener_manager.lds.update_rejected", 1),
                        stat("cluster_manager.cds.update_rejected", 0),
                    ],
                }),
            ),
            "Envoy refused listeners",
        );
        assert.equal(refusedIn("no answer"), "");
    });

    it("reads istiod's own view of its proxies", () => {
        const taken = { cluster_sent: "a", cluster_acked: "a", route_sent: "", route_acked: "" };
        const view = syncStatesIn(
            JSON.stringify([
                { proxy: "cart-5d-x.shop", ...taken },
                {
                    proxy: "web.1.shop",
                    ...taken,
                    listener_sent: "b",
                    listener_acked: "a",
                    endpoint_sent: "c",
                },
            ]),
        );
        assert.deepEqual(
            [...view],
            [
                ["shop/cart-5d-x", "synced"],
                ["shop/web.1", "EDS not taken, LDS not taken"],
            ],
        );
        assert.deepEqual([...syncStatesIn("not authorized")], []);
        assert.deepEqual([...syncStatesIn("{}")], []);
    });

    it("says in the table what an app without a sidecar lacks, and why a pod isn't ready", () => {
        const pod = {
            role: "app",
            address: "127.65.0.2",
            ready: true,
            reason: "",
            remark: "",
            pids: [],
            ports: [9898],
        } as const;
        const proxy = { ...pod, role: "proxy", ready: false, reason: "waits" } as const;
        const state = { identity: "spiffe://t/ns/n/sa/s", expires: "", sync: "synced" } as const;
        assert.deepEqual(
            tableOf([
                { pod: { ...pod, pod: "n/app", remark: "ignores" }, state: NO_PROXY },
                { pod: { ...proxy, pod: "n/side" }, state: { ...state, mtls: "strict" } },
            ]).split("\n"),
            [
                "  workload  address          state      identity              certificate until  mTLS    proxy",
                "  n/app     127.65.0.2:9898  ready      (1)                   -                  -       -",
                "  n/side    127.65.0.2:9898  not ready  spiffe://t/ns/n/sa/s  -                  strict  synced",
                "  (1) no sidecar: in a cluster ztunnel gives it identity and mTLS; here its app is reached in plaintext",
                "  n/side: waits",
                "  n/app: ignores",
            ],
        );
    });

    it("says in the table until when a certificate holds, and that it expired", () => {
        const pod = { pod: "n/p", role: "proxy", address: "a", ready: true } as const;
        const rest = { reason: "", remark: "", pids: [], ports: [] };
        const state = { ...NO_PROXY, expires: "2026-01-02T03:04:05Z" };
        const at = (now: string): string | undefined =>
            tableOf([{ pod: { ...pod, ...rest }, state }], new Date(now))
                .split("\n")[1]
                ?.split(/ {2,}/)[5];
        assert.equal(at("2026-01-02T03:04:05Z"), "2026-01-02 03:04Z");
        assert.equal(at("2026-01-02T03:04:06Z"), "2026-01-02 03:04Z expired");
    });

    it("waits ever longer before it starts a process again, up to 30 s", () => {
        assert.deepEqual([0, 1, 2, 10].map(pauseAfter), [1_000, 2_000, 4_000, 30_000]);
    });
});
