import assert from "node:assert/strict";
import {
    dataPlaneLabels,
    namespacePlan,
    servedAnnotations,
    usesAmbient,
    type NamespacesInput,
} from "../../../components/plan/namespaces";

const PRIVILEGED = { "pod-security.kubernetes.io/enforce": "privileged" };
const SIDECAR = { "istio-injection": "enabled" };
const AMBIENT = { "istio.io/dataplane-mode": "ambient" };
const NONE = { "istio-injection": "disabled" };
const WAYPOINT = { "istio.io/use-waypoint": "waypoint" };

const EMPTY: NamespacesInput = {
    installMethod: "helm",
    dataPlane: "sidecar",
    namespaces: [],
    gateways: [],
};

describe("dataPlaneLabels", () => {
    const rows = [
        ["sidecar", false, SIDECAR],
        ["sidecar", true, SIDECAR],
        ["ambient", false, AMBIENT],
        ["ambient", true, { ...AMBIENT, ...WAYPOINT }],
        ["none", false, NONE],
        ["none", true, NONE],
    ] as const;
    for (const [dataPlane, waypoint, labels] of rows) {
        it(`puts a namespace on ${dataPlane} alone, ${waypoint ? "with" : "without"} waypoint`, () => {
            assert.deepEqual(dataPlaneLabels(dataPlane, { waypoint }), labels);
        });
    }

    it("puts sidecars on the revision they follow, without the label that would win over it", () => {
        assert.deepEqual(dataPlaneLabels("sidecar", { waypoint: false, revision: "canary" }), {
            "istio.io/rev": "canary",
        });
    });

    for (const dataPlane of ["ambient", "none"] as const) {
        it(`names no revision on a namespace of data plane ${dataPlane}, which would inject it`, () => {
            const labels = dataPlaneLabels(dataPlane, { waypoint: false, revision: "canary" });
            assert.equal("istio.io/rev" in labels, false);
        });
    }
});

describe("namespacePlan", () => {
    const meshes = ["sidecar", "ambient"] as const;
    const own = [undefined, "sidecar", "ambient", "none"] as const;
    for (const mesh of meshes) {
        for (const dataPlane of own) {
            for (const waypoint of [false, true]) {
                const effective = dataPlane ?? mesh;
                it(`puts a ${dataPlane ?? "silent"} namespace of a ${mesh} mesh on ${effective} and nothing else, ${waypoint ? "with" : "without"} waypoint`, () => {
                    const { others } = namespacePlan({
                        ...EMPTY,
                        dataPlane: mesh,
                        namespaces: [{ name: "shop", dataPlane, waypoint }],
                    });
                    const labels = others[0]!.labels;
                    const planes = Object.entries(labels).filter(
                        ([key]) => key === "istio-injection" || key === "istio.io/dataplane-mode",
                    );
                    const expected = { sidecar: SIDECAR, ambient: AMBIENT, none: NONE }[effective];
                    assert.deepEqual(Object.fromEntries(planes), expected);
                    assert.equal(
                        "istio.io/use-waypoint" in labels,
                        waypoint && effective === "ambient",
                    );
                });
            }
        }
    }

    it("makes the root namespace alone for a mesh of sidecars", () => {
        assert.deepEqual(namespacePlan(EMPTY), {
            own: [{ name: "istio-system", labels: {} }],
            others: [],
        });
    });

    it("makes the node agents' namespaces, privileged, for an ambient mesh", () => {
        assert.deepEqual(namespacePlan({ ...EMPTY, dataPlane: "ambient" }), {
            own: [
                { name: "istio-system", labels: {} },
                { name: "istio-cni", labels: PRIVILEGED },
                { name: "ztunnel", labels: PRIVILEGED },
            ],
            others: [],
        });
    });

    it("makes them too where only one namespace of a mesh of sidecars is ambient", () => {
        const namespaces = [{ name: "shop", dataPlane: "ambient", waypoint: false }] as const;
        assert.deepEqual(
            namespacePlan({ ...EMPTY, namespaces }).own.map(({ name }) => name),
            ["istio-system", "istio-cni", "ztunnel"],
        );
    });

    it("makes the operator's namespace last, only where Sail installs the mesh", () => {
        const dataPlane = "ambient";
        assert.deepEqual(
            namespacePlan({ ...EMPTY, dataPlane, installMethod: "sail" }).own.map(
                ({ name }) => name,
            ),
            ["istio-system", "istio-cni", "ztunnel", "sail-operator"],
        );
    });

    it("puts the network on the root namespace, where istiod looks for it", () => {
        const [root] = namespacePlan({ ...EMPTY, network: "network1" }).own;
        assert.deepEqual(root, {
            name: "istio-system",
            labels: { "topology.istio.io/network": "network1" },
        });
    });

    it("makes a gateway's namespace once, injected whatever the mesh's data plane", () => {
        const gateways = [{ namespace: "edge" }, { namespace: "edge" }, { namespace: "inner" }];
        assert.deepEqual(namespacePlan({ ...EMPTY, dataPlane: "ambient", gateways }).others, [
            { name: "edge", labels: SIDECAR },
            { name: "inner", labels: SIDECAR },
        ]);
    });

    it("makes an egress gateway's namespace, injected unless waypoints alone are in it", () => {
        const egressGateways = [
            { namespace: "out", via: "chart" },
            { namespace: "ways", via: "waypoint" },
            { namespace: "both", via: "waypoint" },
            { namespace: "both", via: "gateway-api" },
        ];
        assert.deepEqual(namespacePlan({ ...EMPTY, egressGateways }).others, [
            { name: "out", labels: SIDECAR },
            { name: "both", labels: SIDECAR },
            { name: "ways", labels: AMBIENT },
        ]);
    });

    it("names a canary of its waypoint, and its weight", () => {
        const shop = {
            name: "shop",
            dataPlane: "ambient",
            waypoint: true,
            waypointCanary: { name: "second", weight: 10 },
        } as const;
        assert.deepEqual(namespacePlan({ ...EMPTY, namespaces: [shop] }).others, [
            {
                name: "shop",
                labels: { ...AMBIENT, ...WAYPOINT, "istio.io/use-waypoint-canary": "second" },
            },
        ]);
        assert.deepEqual(servedAnnotations(shop), { "istio.io/use-waypoint-canary-weight": "10" });
        assert.equal(servedAnnotations({}), undefined);
    });

    it("leaves a served namespace that also holds a gateway on its own data plane", () => {
        const namespaces = [{ name: "shop", dataPlane: "ambient", waypoint: true }] as const;
        const gateways = [{ namespace: "shop" }, { namespace: "edge" }];
        assert.deepEqual(namespacePlan({ ...EMPTY, namespaces, gateways }).others, [
            { name: "edge", labels: SIDECAR },
            { name: "shop", labels: { ...AMBIENT, ...WAYPOINT } },
        ]);
    });
});

describe("usesAmbient", () => {
    const rows = [
        ["sidecar", [], false],
        ["sidecar", ["sidecar", "none", undefined], false],
        ["sidecar", ["sidecar", "ambient"], true],
        ["ambient", [], true],
        // The mesh's default may serve the next namespace: its node agents are there.
        ["ambient", ["sidecar", "none"], true],
    ] as const;
    for (const [dataPlane, planes, expected] of rows) {
        it(`is ${String(expected)} for a ${dataPlane} mesh with [${planes.join(", ")}]`, () => {
            const namespaces = planes.map((plane, i) => ({
                name: `ns${i}`,
                dataPlane: plane,
                waypoint: false,
            }));
            assert.equal(usesAmbient({ dataPlane, namespaces }), expected);
        });
    }
});
