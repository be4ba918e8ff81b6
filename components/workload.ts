import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadSettings } from "../settings/schema";
import { NOT_AWAITED } from "./plan/awaiting";
import { waypointLabels, type WaypointPlan } from "./plan/waypoints";

/** Arguments for Workload. */
export interface WorkloadArgs extends Omit<WorkloadSettings, "namespace" | "versions"> {
    /** Name of an existing namespace. */
    readonly namespace: pulumi.Input<string>;
    /** More versions behind the same Service. @default none */
    readonly versions?: WorkloadSettings["versions"];
    /** A waypoint of its own, in its namespace. @default its namespace's */
    readonly waypoint?: WaypointPlan | undefined;
}

/** An example workload of HTTP or gRPC with an account of its own, so that the mesh can tell it from others. */
export class Workload extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Workload";

    constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
        super(Workload.__pulumiType, name, args, opts);
        const { namespace, port, protocol = "http" } = args;
        const selector = { app: args.name };
        const labels = { ...selector, version: "v1" };
        const use = args.waypoint && waypointLabels(args.waypoint);
        const metadata = { name: args.name, namespace, labels };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            { metadata },
            { parent: this },
        );
        const own = { name: "v1", image: args.image, replicas: args.replicas };
        for (const { name: version, image, replicas } of [own, ...(args.versions ?? [])]) {
            const first = version === own.name;
            const podLabels = { ...selector, version };
            new k8s.apps.v1.Deployment(
                first ? `${name}-deployment` : `${name}-${version}-deployment`,
                {
                    metadata: {
                        name: first ? args.name : `${args.name}-${version}`,
                        namespace,
                        labels: podLabels,
                    },
                    spec: {
                        replicas,
                        selector: { matchLabels: first ? selector : podLabels },
                        template: {
                            metadata: { labels: { ...podLabels, ...use?.pods } },
                            spec: {
                                serviceAccountName: account.metadata.name,
                                containers: [
                                    {
                                        name: args.name,
                                        image,
                                        ports: [{ name: protocol, containerPort: port }],
                                        resources: { requests: { cpu: "10m", memory: "32Mi" } },
                                    },
                                ],
                            },
                        },
                    },
                },
                { parent: this },
            );
        }
        new k8s.core.v1.Service(
            `${name}-service`,
            // Istio reads the protocol off the port's name.
            {
                metadata: {
                    ...metadata,
                    labels: { ...labels, ...use?.service },
                    // Its Deployments are waited for.
                    annotations: NOT_AWAITED,
                },
                spec: { selector, ports: [{ name: protocol, port: 80, targetPort: port }] },
            },
            { parent: this },
        );
        this.registerOutputs({});
    }
}
