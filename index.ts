import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { awaitRollout } from "./cluster";
import { Mesh, Workload } from "./components";
import { makesPassword } from "./components/observability/tools";
import { identityOf } from "./components/plan/identity";
import { nextCommands } from "./components/plan/next-commands";
import { ownWaypoint } from "./components/plan/waypoints";
import { loadConfig } from "./config";

/** The program: settings in, components made, outputs out. */
export = async () => {
    const { settings, target, cluster } = await loadConfig();
    await pulumi.log.info(`Cluster: context ${target.context} at ${target.server}`);

    const provider = new k8s.Provider("cluster", {
        kubeconfig: target.kubeconfig,
        context: target.context,
        // A ConfigMap that is replaced is gone for a moment, and istiod would fall back to defaults of
        // its own, another trust domain among them.
        enableConfigMapMutable: true,
        // An istiod that starts while the Secret of its authority is gone makes a root of its own.
        enableSecretMutable: true,
    });
    const { kubeContext, kubeconfig, workloads, ...meshSettings } = settings;
    const rollouts = cluster && { finished: awaitRollout.bind(undefined, cluster) };
    // Default providers are switched off, so what makes passwords up is named, too.
    const passwords = makesPassword(settings) ? [new random.Provider("passwords")] : [];
    const mesh = new Mesh(
        "mesh",
        { ...meshSettings, rollouts },
        { providers: [provider, ...passwords] },
    );

    for (const { namespace, ...workload } of workloads) {
        new Workload(
            `${namespace}/${workload.name}`,
            {
                ...workload,
                namespace: mesh.namespaceName(namespace),
                waypoint: ownWaypoint({ namespace, service: workload.name }, settings),
            },
            { providers: [provider], dependsOn: mesh },
        );
    }

    return {
        /** The revision that workloads select. */
        revision: mesh.revision,
        /** Who this cluster is in its mesh. */
        identity: identityOf(settings),
        /** Where each gateway answers. */
        gateways: mesh.gatewayAddresses,
        /** What to run to look at the mesh. */
        look: nextCommands(target, settings),
    };
};
