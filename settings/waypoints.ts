import { z } from "zod";
import { autoscaled, requested } from "./sizing";
import { dnsLabel, objectName, quantityCount } from "./values";

/** What passes a waypoint: requests to Services, requests to pods themselves, or both. */
export const waypointFor = z.enum(["service", "workload", "all"]);

/** The share of a namespace's connections that go by a second waypoint. */
export const waypointCanary = z.strictObject({
    name: objectName.meta({ description: "One of `waypoints`, in the same namespace." }),
    weight: quantityCount(0, 100, "a whole number from 0 to 100", 10).meta({
        description: "Its share of new connections, in percent; 0 only tries that it is there.",
    }),
});

/** A waypoint beside the one that a namespace has by `waypoint: true`. */
export const waypoint = z.strictObject({
    name: objectName.meta({ description: "Name of its Gateway, Deployment and Service." }),
    namespace: dnsLabel.meta({ description: "One of `namespaces`; ambient." }),
    for: waypointFor.default("service").meta({
        description:
            "What passes it: requests to Services, to pods themselves (`workload`), or both.",
    }),
    services: z.array(objectName).default([]).meta({
        description:
            "Those of `workloads` in its namespace that use it, in place of the namespace's own.",
    }),
    revision: dnsLabel.optional().meta({
        description:
            "Revision or tag of the istiod that deploys it and tells it what to do. Default: the mesh's own.",
    }),
    ...autoscaled,
    ...requested,
});

/** The section `waypoints` of a stack's config. */
export const waypoints = z.array(waypoint).default([]).meta({
    description:
        "Waypoints for single services, or as canaries; a namespace's own is `namespaces[].waypoint`.",
});
