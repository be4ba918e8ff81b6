import type { z } from "zod";
import type { Manifest } from "../../components/kinds";
import { trafficPlan, type Where } from "../../components/traffic/plan";
import { serviceTraffic } from "../../settings/traffic";

/** What a test says of a service's traffic; the rest is as by default. */
export type Given = Partial<z.input<typeof serviceTraffic>>;

/** The plan for the service checkout of the namespace shop. */
export function plan(given: Given, where: Where) {
    return trafficPlan(
        serviceTraffic.parse({ service: "checkout", namespace: "shop", ...given }),
        where,
    );
}

export const sidecar: Where = { dataPlane: "sidecar" };
export const ambient: Where = { dataPlane: "ambient" };

/** Kind, namespace and name of every object, in order. */
export const names = ({ objects }: { objects: readonly Manifest[] }) =>
    objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
/** What the one object of a kind demands. */
export const specOf = (objects: readonly Manifest[], kind: string): unknown =>
    objects.find((object) => object.kind === kind)?.spec;

/** A tenth to v2, which who asks for it gets, and which a quarter is mirrored to. */
export const canary: Given = {
    versions: [
        { name: "v1", weight: 90 },
        { name: "v2", weight: 10, header: { name: "X-Canary", value: "always" } },
    ],
    mirror: { version: "v2", percent: 25 },
    timeout: "250ms",
};
/** At a gateway, too. */
export const edge: Given = { hosts: ["shop.example.com"], gateway: "public/edge" };
