import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { checkedArgs } from "../settings/component-args";
import { shown } from "../settings/problems";
import type { DataPlane } from "../settings/schema";
import { serviceTraffic } from "../settings/traffic";
import { childOf } from "./child";
import { MeshObject } from "./mesh-object";
import { NOT_AWAITED } from "./plan/awaiting";
import { trafficPlan } from "./traffic/plan";
import { unsupported, type EdgeApi } from "./traffic/unsupported";

/** Arguments for ServiceTraffic. */
export interface ServiceTrafficArgs extends z.input<typeof serviceTraffic> {
    /** Data plane of the service's namespace: who is told. Ambient only with a waypoint. */
    readonly dataPlane: DataPlane;
    /** The API by which `gateway` is configured. @default "istio" */
    readonly edge?: EdgeApi;
}

/**
 * How one service is reached: versions and their shares, timeout, retries, circuit breaker, faults,
 * failover, and its hosts at a gateway. Needs istiod ready, which validates.
 */
export class ServiceTraffic extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:ServiceTraffic";

    /** @throws RunError that lists every wrong argument, and what the data plane can't do. */
    constructor(name: string, args: ServiceTrafficArgs, opts?: pulumi.ComponentResourceOptions) {
        const { dataPlane, edge, ...given } = args;
        const service = checkedArgs(`ServiceTraffic ${name}`, serviceTraffic, given, (checked) =>
            unsupported(checked, dataPlane, edge).map(({ key, why }) => ({
                path: [key],
                given: shown(checked[key]),
                allowed: why,
                fix: `take ${key} out`,
            })),
        );
        super(ServiceTraffic.__pulumiType, name, args, opts);
        const child = childOf(this, opts);
        const { services, objects } = trafficPlan(service, {
            dataPlane,
            ...(edge === undefined ? {} : { edge }),
        });
        for (const { name: physical, namespace, selector, port, protocol } of services) {
            new k8s.core.v1.Service(
                `${name}-${physical}`,
                {
                    // Whoever deploys the pods waits for them; they may come later than this.
                    metadata: { name: physical, namespace, annotations: NOT_AWAITED },
                    // Istio reads the protocol off the port's name; pods name theirs alike.
                    spec: { selector, ports: [{ name: protocol, port, targetPort: protocol }] },
                },
                child,
            );
        }
        for (const object of objects) {
            new MeshObject(`${name}-${object.metadata.name}-${object.kind}`, object, child);
        }
        this.registerOutputs({});
    }
}
