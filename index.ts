import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { Mesh, Workload } from "./components";
import { identityOf } from "./components/plan/identity";
import { loadConfig } from "./config";

const { settings, target } = loadConfig();
void pulumi.log.info(`Cluster: context ${target.context} at ${target.server}`);

const provider = new k8s.Provider("cluster", {
    kubeconfig: target.kubeconfig,
    context: target.context,
    // A ConfigMap that is replaced is gone for a moment, and istiod would fall back to defaults of its
    // own, another trust domain among them.
    enableConfigMapMutable: true,
});
const { kubeContext, kubeconfig, workloads, ...meshSettings } = settings;
const mesh = new Mesh("mesh", meshSettings, { providers: [provider] });

for (const { namespace, ...workload } of workloads) {
    new Workload(
        `${namespace}/${workload.name}`,
        { ...workload, namespace: mesh.namespaceName(namespace) },
        { providers: [provider], dependsOn: mesh },
    );
}

/** The revision that workloads select. */
export const revision = mesh.revision;
/** Who this cluster is in its mesh. */
export const identity = identityOf(settings);
/** Where each gateway answers. */
export const gateways = mesh.gatewayAddresses;
