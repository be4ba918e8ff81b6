/**
 * Proves what is asked of the API server and what it holds afterwards, with the real engine,
 * provider and charts. Does not prove that a container starts: kwok only plays those.
 */
import assert from "node:assert/strict";
import { readMesh, type MeshFacts } from "./read-back";
import { kubectl, list, open } from "./sandbox";

const PLANES = ["sidecar", "ambient", "both"] as const;
const SIZES = ["homelab", "production"] as const;
type Plane = (typeof PLANES)[number];
type Size = (typeof SIZES)[number];

const IDENTITY = { name: "e2e-cluster", network: "e2e-network" };

function settings(plane: Plane, size: Size): Record<string, unknown> {
    const served = {
        sidecar: [{ name: "shop", dataPlane: "sidecar" }],
        ambient: [{ name: "shop", dataPlane: "ambient", waypoint: true }],
        both: [
            { name: "shop", dataPlane: "ambient", waypoint: true },
            { name: "legacy", dataPlane: "sidecar" },
            { name: "outside", dataPlane: "none" },
        ],
    };
    return {
        "istio-mesh:installMethod": "helm",
        "istio-mesh:update": null,
        "istio-mesh:dataPlane": plane === "ambient" ? "ambient" : "sidecar",
        "istio-mesh:size": size,
        "istio-mesh:cluster": IDENTITY,
        "istio-mesh:mesh": { id: "e2e-mesh", trustDomain: "e2e.example" },
        "istio-mesh:namespaces": served[plane],
        "istio-mesh:workloads": [
            { name: "frontend", namespace: "shop", image: "example.com/shop:1.0.0", port: 8080 },
        ],
        "istio-mesh:gateways": [{ name: "istio-ingress" }],
    };
}

/** Every fact that must hold, written out from the settings' meaning, not from the program. */
function expected(plane: Plane, size: Size): Omit<MeshFacts, "running"> {
    const ambient = plane !== "sidecar";
    const production = size === "production";
    const privileged = { "pod-security.kubernetes.io/enforce": "privileged" };
    const shop = ambient
        ? { "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint" }
        : { "istio-injection": "enabled" };
    return {
        namespaces: {
            "istio-ingress": { "istio-injection": "enabled" },
            "istio-system": { "topology.istio.io/network": IDENTITY.network },
            shop,
            ...(ambient ? { "istio-cni": privileged, ztunnel: privileged } : {}),
            ...(plane === "both"
                ? {
                      legacy: { "istio-injection": "enabled" },
                      outside: { "istio-injection": "disabled" },
                  }
                : {}),
        },
        autoscalers: production
            ? { "istio-ingress/istio-ingress": [3, 10], "istio-system/istiod": [3, 10] }
            : {},
        budgets: production ? { "istio-ingress/istio-ingress": 1, "istio-system/istiod": 1 } : {},
        failurePolicies: {
            "istio-validator-istio-system": ["Fail"],
            "istiod-default-validator": ["Fail"],
        },
        waypoints: ambient ? { "shop/waypoint": "istio-waypoint" } : {},
        trustDomain: "e2e.example",
    };
}

function checkRunning(facts: MeshFacts, plane: Plane, size: Size): void {
    const production = size === "production";
    const { "istio-system/istiod": istiod, "ztunnel/ztunnel": ztunnel } = facts.running;
    assert.ok(istiod);
    assert.equal(istiod.ready, production ? 3 : 1);
    assert.equal(
        istiod.image,
        "docker.io/istio/pilot:1.31.3" + (plane === "sidecar" ? "" : "-distroless"),
    );
    assert.deepEqual(
        istiod.requests,
        production ? { cpu: "500m", memory: "2Gi" } : { cpu: "100m", memory: "128Mi" },
    );
    assert.equal(istiod.env["CLUSTER_ID"], IDENTITY.name);
    assert.equal(istiod.priorityClass, production ? "system-cluster-critical" : undefined);
    assert.deepEqual(
        istiod.spread,
        production ? ["kubernetes.io/hostname", "topology.kubernetes.io/zone"] : [],
    );
    assert.equal(facts.running["shop/frontend"]?.ready, 1);
    assert.equal(facts.running["istio-ingress/istio-ingress"]?.ready, production ? 3 : 1);
    if (plane === "sidecar") {
        assert.equal(ztunnel, undefined);
        return;
    }
    assert.ok(ztunnel);
    assert.equal(ztunnel.ready, 3);
    assert.equal(ztunnel.image, "docker.io/istio/ztunnel:1.31.3-distroless");
    assert.equal(ztunnel.env["ISTIO_META_CLUSTER_ID"], istiod.env["CLUSTER_ID"]);
    assert.equal(ztunnel.env["NETWORK"], IDENTITY.network);
    assert.equal(ztunnel.graceSeconds, production ? 300 : 30);
    assert.equal(istiod.env["CA_TRUSTED_NODE_ACCOUNTS"], "ztunnel/ztunnel");
    assert.equal(facts.running["istio-cni/istio-cni-node"]?.ready, 3);
}

/** The kinds a mesh leaves behind on purpose; everything else must be gone. */
async function leftovers(): Promise<{ crds: number; others: string[] }> {
    const crds = await list("customresourcedefinitions");
    const others = await list(
        "namespaces,deployments,daemonsets,mutatingwebhookconfigurations,validatingwebhookconfigurations,clusterroles,clusterrolebindings",
    );
    return {
        crds: crds.filter(({ metadata }) =>
            /istio\.io$|gateway\.networking\.k8s\.io$/.test(metadata.name),
        ).length,
        others: others
            .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
            .filter(
                (name) =>
                    /istio|ztunnel|shop|legacy|outside/.test(name) && !name.includes("system:"),
            ),
    };
}

for (const plane of PLANES) {
    for (const size of SIZES) {
        describe(`helm, ${plane}, ${size}`, () => {
            const name = `${plane}-${size}`;
            const options = {
                from: size === "production" ? "prod" : "dev",
                config: settings(plane, size),
            };

            it("comes up as configured", async () => {
                const stack = await open(name, options);
                await stack.up();
                const facts = await readMesh();
                const { running: _running, ...rest } = facts;
                assert.deepEqual(rest, expected(plane, size));
                checkRunning(facts, plane, size);
            });

            it("has nothing to change the second time", async () => {
                const stack = await open(name, options);
                const { summary } = await stack.up();
                assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
            });

            it("goes away but for the CRDs", async () => {
                const stack = await open(name, options);
                await stack.destroy();
                const { crds, others } = await leftovers();
                assert.deepEqual(others, []);
                assert.ok(crds >= 20, `${crds} CRDs were kept`);
            });
        });
    }
}

describe("a waypoint", () => {
    it("carries its size in the ConfigMap that istiod reads", async () => {
        const stack = await open("waypoint", {
            from: "prod",
            config: settings("ambient", "production"),
        });
        await stack.up();
        const options = JSON.parse(
            await kubectl("-n", "shop", "get", "configmap", "waypoint-options", "-o", "json"),
        ) as { data: Record<string, string> };
        assert.deepEqual(Object.keys(options.data).sort(), [
            "deployment",
            "horizontalPodAutoscaler",
            "podDisruptionBudget",
        ]);
        assert.match(options.data["horizontalPodAutoscaler"] ?? "", /minReplicas: 3\n/);
        await stack.destroy();
    });
});
