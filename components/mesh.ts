import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { refusal } from "../settings/component-args";
import type { Settings } from "../settings/schema";
import { EgressGateway } from "./egress-gateway";
import { leavingBy } from "./egress/plan";
import { GatewayApi } from "./gateway-api";
import { HelmInstall } from "./helm-install";
import { IngressGateway } from "./ingress-gateway";
import { MeshAuthority } from "./mesh-authority";
import { MeshNamespace } from "./mesh-namespace";
import { MeshObject } from "./mesh-object";
import { MeshObservability } from "./mesh-observability";
import { MeshSecurity } from "./mesh-security";
import { toolArgs } from "./observability/tool-args";
import { hostsAt } from "./plan/gateway-objects";
import { readManifests } from "./plan/manifests";
import { namespacePlan, type NamespacePlan } from "./plan/namespaces";
import { waypointsIn } from "./plan/waypoints";
import type { SailStep } from "./sail/plan";
import { SailInstall } from "./sail-install";
import { securityPlan } from "./security/plan";
import { ServiceTraffic } from "./service-traffic";
import { steeredBy } from "./traffic/steered-by";
import { Waypoint } from "./waypoint";

/** A stack's settings without its target. All plain: they decide what exists. */
export type MeshSettings = Omit<Settings, "kubeContext" | "kubeconfig" | "workloads">;

/** Arguments for Mesh: its settings, and who watches what isn't made here. */
export interface MeshArgs extends MeshSettings {
    /** Watches what the Sail Operator makes. Default: nobody. */
    readonly rollouts?: Rollouts | undefined;
}

/** Sees whether what another program makes of an object runs as the object says. */
export interface Rollouts {
    /**
     * Settled once a step has rolled out.
     * @param causes what to say, beside what is missing, when it hasn't in its time
     */
    finished(step: SailStep, causes: string): Promise<void>;
}

/** What every way to install a mesh offers the rest of the program. */
export interface MeshInstall extends pulumi.ComponentResource {
    readonly revision: pulumi.Output<string>;
    /** A name, given out once all that is installed runs in its new version. */
    once(name: string): pulumi.Input<string>;
}

/** Installs the mesh by the method that the stack names. */
function installed(
    name: string,
    { rollouts, ...settings }: MeshArgs,
    opts: pulumi.ComponentResourceOptions,
): MeshInstall {
    switch (settings.installMethod) {
        case "helm":
            return new HelmInstall(`${name}-helm`, settings, opts);
        case "sail":
            return new SailInstall(`${name}-sail`, { ...settings, rollouts }, opts);
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

    /** @throws RunError that lists what is wrong in the files of `manifests`, before anything is registered */
    constructor(name: string, args: MeshArgs, opts?: pulumi.ComponentResourceOptions) {
        const { rollouts: _rollouts, ...settings } = args;
        const { objects, problems } = readManifests(args);
        // A stack's config has been through this; the arguments of other programs haven't.
        if (problems.length > 0) {
            throw refusal(`Mesh ${name}`, problems);
        }
        super(Mesh.__pulumiType, name, settings, opts);
        const child = { parent: this };
        const { own, others } = namespacePlan({ ...args, network: args.cluster.network });
        const namespace = ({ name: physical, labels }: NamespacePlan, after?: MeshInstall) =>
            new k8s.core.v1.Namespace(
                `${name}-${physical}`,
                { metadata: { name: after?.once(physical) ?? physical, labels } },
                { ...child, dependsOn: after ?? [] },
            );

        const ownNamespaces = own.map((planned) => namespace(planned));
        const gatewayApi =
            args.gatewayApi.owner === "managed"
                ? [new GatewayApi(`${name}-gateway-api`, args.gatewayApi, child)]
                : [];
        const { ca } = args.mesh;
        const authority =
            ca === undefined
                ? []
                : [
                      new MeshAuthority(
                          `${name}-authority`,
                          { ...args, ca },
                          { ...child, dependsOn: ownNamespaces },
                      ),
                  ];
        const install = installed(name, args, {
            ...child,
            dependsOn: [...ownNamespaces, ...gatewayApi, ...authority],
        });
        this.revision = install.revision;
        const served = new Map(args.namespaces.map((settings) => [settings.name, settings]));
        const { dataPlane, size, sizing, waypoints } = args;
        this.namespaces = new Map(
            others.map((planned) => {
                const settings = served.get(planned.name);
                return [
                    planned.name,
                    settings === undefined
                        ? namespace(planned, install)
                        : new MeshNamespace(
                              `${name}-${planned.name}`,
                              {
                                  ...settings,
                                  dataPlane: settings.dataPlane ?? dataPlane,
                                  // Nothing but its own, or istiod's memory would show as its change.
                                  ...(settings.waypoint
                                      ? { size, sizing: waypointSizing(sizing) }
                                      : {}),
                                  ...(waypoints.length > 0
                                      ? { waypoints: waypointsIn(settings.name, args) }
                                      : {}),
                              },
                              { ...child, dependsOn: install },
                          ).namespace,
                ];
            }),
        );
        if (args.observability.enabled) {
            new MeshObservability(`${name}-observability`, toolArgs(args), {
                ...child,
                dependsOn: install,
            });
        }
        for (const { name: physical, namespace: inside, ...waypoint } of waypoints) {
            const { for: what, revision, services: _services, ...numbers } = waypoint;
            new Waypoint(
                `${name}-${inside}/${physical}`,
                {
                    name: physical,
                    namespace: this.namespaceName(inside),
                    for: what,
                    revision,
                    size,
                    sizing: { waypoint: { ...sizing.waypoint, ...numbers } },
                },
                { ...child, dependsOn: install },
            );
        }
        if (securityPlan(args).length > 0) {
            new MeshSecurity(`${name}-security`, args, {
                ...child,
                dependsOn: [install, ...this.namespaces.values()],
            });
        }

        const addresses = args.gateways.map((gateway) => {
            const { address } = new IngressGateway(
                `${name}-${gateway.namespace}/${gateway.name}`,
                {
                    gateway,
                    namespace: this.namespaceName(gateway.namespace),
                    mesh: settings,
                    hosts: hostsAt(gateway, args.traffic),
                },
                { ...child, dependsOn: install },
            );
            return [`${gateway.namespace}/${gateway.name}`, address] as const;
        });
        for (const gateway of args.egressGateways) {
            new EgressGateway(
                `${name}-${gateway.namespace}/${gateway.name}`,
                {
                    gateway,
                    namespace: this.namespaceName(gateway.namespace),
                    mesh: settings,
                    egress: leavingBy(gateway, args.security.egress),
                },
                { ...child, dependsOn: install },
            );
        }
        for (const service of args.traffic) {
            new ServiceTraffic(
                `${name}-${service.namespace}/${service.service}-traffic`,
                { ...service, ...steeredBy(service, args) },
                { ...child, dependsOn: [install, ...this.namespaces.values()] },
            );
        }
        for (const object of objects) {
            const { name: physical, namespace: inside = "" } = object.metadata;
            new MeshObject(`${name}-manifests-${inside}/${physical}-${object.kind}`, object, {
                ...child,
                dependsOn: [install, ...this.namespaces.values()],
            });
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

function waypointSizing({ waypoint }: Settings["sizing"]): Settings["sizing"] {
    return waypoint === undefined ? {} : { waypoint };
}
