import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/schema";
import { GatewayApi } from "./gateway-api";
import { HelmInstall } from "./helm-install";
import { IngressGateway } from "./ingress-gateway";
import { hostsAt } from "./plan/gateway-objects";
import { namespacePlan, type NamespacePlan } from "./plan/namespaces";
import { SailInstall } from "./sail-install";
import { ServiceTraffic } from "./service-traffic";
import { steeredBy } from "./traffic/steered-by";
import { Waypoint } from "./waypoint";

/** Arguments for Mesh: a stack's settings without its target. All plain: they decide what exists. */
export type MeshArgs = Omit<Settings, "kubeContext" | "kubeconfig" | "workloads">;

/** What every way to install a mesh offers the rest of the program. */
export interface MeshInstall extends pulumi.ComponentResource {
    readonly revision: pulumi.Output<string>;
}

/** Installs the mesh by the method that the stack names. */
function installed(
    name: string,
    args: MeshArgs,
    opts: pulumi.ComponentResourceOptions,
): MeshInstall {
    switch (args.installMethod) {
        case "helm":
            return new HelmInstall(`${name}-helm`, args, opts);
        case "sail":
            return new SailInstall(`${name}-sail`, args, opts);
    }
}

/**
 * A mesh: its control plane, data planes, served namespaces, waypoints and gateways.
 *
 * Served namespaces come after the control plane, so that no pod starts before its injector or
 * node proxy, and go before it, so that no pod is left with a redirection to nowhere.
 */
export class Mesh extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Mesh";
    /** The revision that workloads select. */
    public readonly revision: pulumi.Output<string>;
    /** Every namespace of the mesh, by name, for what is deployed into it. */
    public readonly namespaces: ReadonlyMap<string, k8s.core.v1.Namespace>;
    /** Address of each gateway, by `<namespace>/<name>`. */
    public readonly gatewayAddresses: pulumi.Output<Record<string, string>>;

    constructor(name: string, args: MeshArgs, opts?: pulumi.ComponentResourceOptions) {
        super(Mesh.__pulumiType, name, args, opts);
        const child = { parent: this };
        const { own, others } = namespacePlan({ ...args, network: args.cluster.network });
        const namespace = ({ name: physical, labels }: NamespacePlan, after: pulumi.Resource[]) =>
            new k8s.core.v1.Namespace(
                `${name}-${physical}`,
                { metadata: { name: physical, labels } },
                { ...child, dependsOn: after },
            );

        const ownNamespaces = own.map((planned) => namespace(planned, []));
        const gatewayApi =
            args.gatewayApi.owner === "managed"
                ? [new GatewayApi(`${name}-gateway-api`, args.gatewayApi, child)]
                : [];
        const install = installed(name, args, {
            ...child,
            dependsOn: [...ownNamespaces, ...gatewayApi],
        });
        this.revision = install.revision;
        this.namespaces = new Map(
            others.map((planned) => [planned.name, namespace(planned, [install])]),
        );

        for (const { name: served, waypoint } of args.namespaces) {
            if (waypoint) {
                new Waypoint(
                    `${name}-${served}-waypoint`,
                    { namespace: this.namespaceName(served), size: args.size, sizing: args.sizing },
                    { ...child, dependsOn: install },
                );
            }
        }
        const addresses = args.gateways.map((gateway) => {
            const { address } = new IngressGateway(
                `${name}-${gateway.namespace}/${gateway.name}`,
                {
                    gateway,
                    namespace: this.namespaceName(gateway.namespace),
                    mesh: args,
                    hosts: hostsAt(gateway, args.traffic),
                },
                { ...child, dependsOn: install },
            );
            return [`${gateway.namespace}/${gateway.name}`, address] as const;
        });
        for (const service of args.traffic) {
            new ServiceTraffic(
                `${name}-${service.namespace}/${service.service}-traffic`,
                { ...service, ...steeredBy(service, args) },
                { ...child, dependsOn: [install, ...this.namespaces.values()] },
            );
        }
        this.gatewayAddresses = pulumi.all(Object.fromEntries(addresses));
        this.registerOutputs({
            revision: this.revision,
            gatewayAddresses: this.gatewayAddresses,
        });
    }

    /**
     * Name of a namespace that this mesh serves, for what depends on it.
     * @throws when the mesh has no such namespace
     */
    public namespaceName(name: string): pulumi.Output<string> {
        const namespace = this.namespaces.get(name);
        if (namespace === undefined) {
            const known = [...this.namespaces.keys()].join(", ");
            throw new pulumi.ResourceError(
                `no namespace "${name}" in this mesh; it has: ${known}. Add it to namespaces.`,
                this,
                true,
            );
        }
        return namespace.metadata.name;
    }
}
