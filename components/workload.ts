import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { WorkloadSettings } from "../settings/schema";

/** Arguments for Workload. */
export interface WorkloadArgs extends Omit<WorkloadSettings, "namespace"> {
    /** Name of an existing namespace. */
    readonly namespace: pulumi.Input<string>;
}

/** An example HTTP workload with an account of its own, so that the mesh can tell it from others. */
export class Workload extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Workload";

    constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
        super(Workload.__pulumiType, name, args, opts);
        const { namespace, image, port, replicas } = args;
        const selector = { app: args.name };
        const labels = { ...selector, version: "v1" };
        const metadata = { name: args.name, namespace, labels };
        const account = new k8s.core.v1.ServiceAccount(
            `${name}-account`,
            { metadata },
            { parent: this },
        );
        new k8s.apps.v1.Deployment(
            `${name}-deployment`,
            {
                metadata,
                spec: {
                    replicas,
                    selector: { matchLabels: selector },
                    template: {
                        metadata: { labels },
                        spec: {
                            serviceAccountName: account.metadata.name,
                            containers: [
                                {
                                    name: args.name,
                                    image,
                                    ports: [{ name: "http", containerPort: port }],
                                    resources: { requests: { cpu: "10m", memory: "32Mi" } },
                                },
                            ],
                        },
                    },
                },
            },
            { parent: this },
        );
        new k8s.core.v1.Service(
            `${name}-service`,
            // Istio reads the protocol off the port's name.
            { metadata, spec: { selector, ports: [{ name: "http", port: 80, targetPort: port }] } },
            { parent: this },
        );
        this.registerOutputs({});
    }
}
