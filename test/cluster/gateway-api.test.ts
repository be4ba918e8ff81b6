import assert from "node:assert/strict";
import { gatewayApiProblems, liveGatewayApi, type LiveBundle } from "../../cluster/gateway-api";
import { METADATA_ONLY } from "../../cluster/reader";
import { problemText } from "../../settings/problems";
import { block, settingsWith, type Raw } from "../support/settings";

const KINDS = [
    "gatewayclasses",
    "gateways",
    "grpcroutes",
    "httproutes",
    "referencegrants",
    "tlsroutes",
];

/** Every CRD of one bundle, but for some of another. */
function bundle(
    version: string,
    channel = "standard",
    others: Readonly<Record<string, Partial<LiveBundle>>> = {},
): LiveBundle[] {
    return KINDS.map((kind) => ({ kind, ...(others[kind] ?? { version, channel }) }));
}

const NOTHING = KINDS.map((kind) => ({ kind }));

function problems(live: readonly LiveBundle[], gatewayApi: Raw, raw: Raw = {}): string[] {
    return gatewayApiProblems(live, settingsWith({ ...raw, gatewayApi })).map(problemText);
}

describe("gatewayApiProblems", () => {
    it("takes whatever is there where this stack installs the standard bundle", () => {
        for (const live of [NOTHING, bundle("1.2.0"), bundle("1.9.0", "experimental")]) {
            assert.deepEqual(problems(live, {}), []);
        }
    });

    for (const owner of ["platform", "external"]) {
        it(`takes a bundle of the ${owner} owner that is the same, newer, or experimental`, () => {
            for (const live of [
                bundle("1.6.0"),
                bundle("1.10.0"),
                bundle("1.6.0", "experimental"),
            ]) {
                assert.deepEqual(problems(live, { owner }), []);
            }
        });
    }

    it("refuses an owner who has brought nothing", () => {
        assert.deepEqual(problems(NOTHING, { owner: "platform" }), [
            block(
                "gatewayApi.owner",
                '"platform", where the cluster has no Gateway API',
                "a cluster with all CRDs of the standard bundle 1.6.0 or newer",
                "turn the Gateway API on in the cluster's own settings, or pulumi config set --path 'istio-mesh:gatewayApi.owner' managed",
            ),
        ]);
        assert.deepEqual(problems(NOTHING, { owner: "external" }), [
            block(
                "gatewayApi.owner",
                '"external", where the cluster has no Gateway API',
                "a cluster with all CRDs of the standard bundle 1.6.0 or newer",
                "deploy the stack that owns the Gateway API first, or pulumi config set --path 'istio-mesh:gatewayApi.owner' managed",
            ),
        ]);
    });

    it("names the CRDs that are missing, or don't say what they are of", () => {
        const live = bundle("1.6.0", "standard", { grpcroutes: {}, tlsroutes: {} });
        assert.deepEqual(problems(live, { owner: "external", channel: "experimental" }), [
            block(
                "gatewayApi.owner",
                '"external", where the cluster has no CRD, or none of a known bundle, for grpcroutes, tlsroutes',
                "a cluster with all CRDs of the experimental bundle 1.6.0 or newer",
                "deploy the stack that owns the Gateway API first, or pulumi config set --path 'istio-mesh:gatewayApi.owner' managed",
            ),
        ]);
    });

    it("refuses a bundle that Istio would leave kinds of out", () => {
        const live = bundle("1.6.0", "standard", {
            gateways: { version: "1.5.1", channel: "standard" },
            httproutes: { version: "1.4.1", channel: "experimental" },
        });
        assert.deepEqual(problems(live, { owner: "platform" }), [
            block(
                "gatewayApi.version",
                '"1.6.0", where the cluster has standard 1.5.1 (gateways) and experimental 1.4.1 (httproutes)',
                "Gateway API 1.6.0 or newer; Istio 1.31.3 leaves out kinds of a bundle before 1.6.0",
                "upgrade the cluster to a release that brings Gateway API 1.6.0",
            ),
        ]);
    });

    it("offers the bundle that is there where Istio takes it", () => {
        const older = { istioVersion: "1.30.7" };
        const live = bundle("1.5.1");
        assert.deepEqual(problems(live, { owner: "external" }, older), [
            block(
                "gatewayApi.version",
                '"1.6.0", where the cluster has standard 1.5.1 (gatewayclasses, gateways, grpcroutes, httproutes, referencegrants, tlsroutes)',
                "Gateway API 1.6.0 or newer; Istio 1.30.7 leaves out kinds of a bundle before 1.5.0",
                "have the stack that owns the Gateway API install 1.6.0 first, or pulumi config set --path 'istio-mesh:gatewayApi.version' 1.5.1",
            ),
        ]);
        assert.deepEqual(problems(live, { owner: "external", version: "1.5.1" }, older), []);
    });

    it("refuses the standard channel where the experimental one is asked for", () => {
        const live = bundle("1.6.0", "experimental", {
            gateways: { version: "1.6.0", channel: "standard" },
        });
        const given = '"experimental", where the cluster has standard 1.6.0 (gateways)';
        const fix = "pulumi config set --path 'istio-mesh:gatewayApi.channel' standard";
        assert.deepEqual(problems(live, { owner: "platform", channel: "experimental" }), [
            block(
                "gatewayApi.channel",
                given,
                '"standard", or CRDs of the experimental channel',
                fix,
            ),
        ]);
        assert.deepEqual(problems(live, { channel: "experimental" }), [
            block(
                "gatewayApi.channel",
                given,
                '"standard": the API server refuses experimental CRDs over standard ones (ValidatingAdmissionPolicy safe-upgrades)',
                fix,
            ),
        ]);
        assert.deepEqual(problems(NOTHING, { channel: "experimental" }), []);
    });
});

describe("liveGatewayApi", () => {
    it("reads the metadata of each CRD alone", async () => {
        const asked: (readonly [path: string, accept: string | undefined])[] = [];
        const live = await liveGatewayApi({
            get: (path, accept) => {
                asked.push([path, accept]);
                return Promise.resolve(
                    path.includes("/gateways.")
                        ? {
                              metadata: {
                                  annotations: {
                                      "gateway.networking.k8s.io/bundle-version": "v1.6.0",
                                      "gateway.networking.k8s.io/channel": "standard",
                                  },
                              },
                          }
                        : path.includes("/httproutes.")
                          ? { metadata: {} }
                          : undefined,
                );
            },
        });
        assert.deepEqual(
            live,
            KINDS.map((kind) => ({
                kind,
                ...(kind === "gateways" ? { version: "1.6.0", channel: "standard" } : {}),
            })),
        );
        const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        assert.deepEqual(
            asked,
            KINDS.map((kind) => [`${path}/${kind}.gateway.networking.k8s.io`, METADATA_ONLY]),
        );
    });
});
