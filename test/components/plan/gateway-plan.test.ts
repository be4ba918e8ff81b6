import assert from "node:assert/strict";
import { gatewayValues } from "../../../components/plan/gateway-plan";
import { identityOf } from "../../../components/plan/identity";
import { settingsWith, type Raw } from "../../support/settings";
import { spreadOf } from "../../support/spread";

const GLOBAL = {
    hub: "docker.io/istio",
    tag: "1.31.3",
    multiCluster: { clusterName: "cluster1" },
};

/** On a Service that nobody waits for. */
const NOT_AWAITED = { annotations: { "pulumi.com/skipAwait": "true" } };

/** Values of one gateway, in a mesh of these settings. */
function values(gateway: Raw = {}, mesh: Raw = {}) {
    const settings = settingsWith({ ...mesh, gateways: [{ name: "edge", ...gateway }] });
    return gatewayValues(settings.gateways[0]!, settings);
}

describe("gatewayValues", () => {
    it("gives a homelab's gateway one small replica", () => {
        assert.deepEqual(values({}, { size: "homelab" }), {
            global: GLOBAL,
            service: { type: "LoadBalancer" },
            resources: { requests: { cpu: "10m", memory: "64Mi" } },
            autoscaling: { enabled: false },
            replicaCount: 1,
        });
    });

    it("gives production's gateway three that scale, spread and are kept through drains", () => {
        assert.deepEqual(values(), {
            global: GLOBAL,
            service: { type: "LoadBalancer" },
            resources: { requests: { cpu: "100m", memory: "128Mi" } },
            autoscaling: { enabled: true, minReplicas: 3, maxReplicas: 10 },
            podDisruptionBudget: { minAvailable: 1 },
            topologySpreadConstraints: spreadOf({ app: "edge" }),
        });
    });

    it("takes every number of its own", () => {
        const own = {
            serviceType: "NodePort",
            minReplicas: 2,
            maxReplicas: 5,
            minAvailable: 1,
            cpu: "1",
            memory: "1Gi",
        };
        assert.deepEqual(values(own, { size: "homelab" }), {
            global: GLOBAL,
            service: { type: "NodePort", ...NOT_AWAITED },
            resources: { requests: { cpu: "1", memory: "1Gi" } },
            autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 5 },
            podDisruptionBudget: { minAvailable: 1 },
        });
    });

    it("is waited for only for an address that will come", () => {
        const service = (gateway: Raw) => values(gateway, { size: "homelab" }).service;
        assert.deepEqual(service({}), { type: "LoadBalancer" });
        for (const gateway of [
            { serviceType: "LoadBalancer", awaitAddress: false },
            { serviceType: "NodePort" },
            { serviceType: "ClusterIP" },
        ]) {
            assert.deepEqual(service(gateway), { type: gateway.serviceType, ...NOT_AWAITED });
        }
    });

    it("knows who the cluster is, and which images to run", () => {
        const mesh = {
            cluster: { name: "prod-eu", network: "network1", platform: "openshift" },
            mesh: { id: "mesh1" },
            charts: { hub: "registry.example.com/istio", tag: "1.31.3-distroless" },
        };
        assert.deepEqual(values({}, mesh).global, {
            hub: "registry.example.com/istio",
            tag: "1.31.3-distroless",
            platform: "openshift",
            meshID: "mesh1",
            network: "network1",
            multiCluster: { clusterName: "prod-eu" },
        });
    });
});

describe("identityOf", () => {
    it("holds what a stack says, and leaves out what it doesn't", () => {
        assert.deepEqual(identityOf(settingsWith()), {
            clusterName: "cluster1",
            trustDomain: "cluster.local",
        });
        const said = settingsWith({
            cluster: { name: "prod-eu", network: "network1" },
            mesh: { id: "mesh1", trustDomain: "example.com" },
        });
        assert.deepEqual(identityOf(said), {
            clusterName: "prod-eu",
            network: "network1",
            meshId: "mesh1",
            trustDomain: "example.com",
        });
    });
});
