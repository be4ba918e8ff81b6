import { WAYPOINT } from "./namespaces";

/** What passes a waypoint, as the label `istio.io/waypoint-for` says it. */
export type WaypointFor = "service" | "workload" | "all";

/** Which waypoints there are, as far as it is known. */
export interface WaypointsInput {
    readonly namespaces?:
        | readonly {
              readonly name?: string | undefined;
              readonly waypoint?: boolean | undefined;
              readonly waypointFor?: WaypointFor | undefined;
          }[]
        | undefined;
    readonly waypoints?:
        | readonly {
              readonly name?: string | undefined;
              readonly namespace?: string | undefined;
              readonly for?: WaypointFor | undefined;
              readonly services?: readonly (string | undefined)[] | undefined;
          }[]
        | undefined;
}

/** One waypoint. */
export interface WaypointPlan {
    readonly name: string;
    readonly for: WaypointFor;
}

/** The waypoint that a service has to itself, beside its namespace's. */
export function ownWaypoint(
    { namespace, service }: { readonly namespace?: string | undefined; readonly service: string },
    { waypoints = [] }: WaypointsInput,
): WaypointPlan | undefined {
    const own = waypoints.find(
        (one) => one.namespace === namespace && one.services?.includes(service) === true,
    );
    return own?.name === undefined ? undefined : { name: own.name, for: own.for ?? "service" };
}

/** The waypoint that a service's requests pass: its own, else its namespace's, else none. */
export function waypointOf(
    {
        namespace,
        service,
    }: { readonly namespace?: string | undefined; readonly service?: string | undefined },
    input: WaypointsInput,
): WaypointPlan | undefined {
    const own = service === undefined ? undefined : ownWaypoint({ namespace, service }, input);
    if (own !== undefined) {
        return own;
    }
    const served = input.namespaces?.find(({ name }) => name === namespace);
    return served?.waypoint === true
        ? { name: WAYPOINT, for: served.waypointFor ?? "service" }
        : undefined;
}

/** Names of a namespace's waypoints: its own first. */
export function waypointsIn(namespace: string, input: WaypointsInput): readonly string[] {
    const others = (input.waypoints ?? []).flatMap((one) =>
        one.namespace === namespace && one.name !== undefined ? [one.name] : [],
    );
    return waypointOf({ namespace }, input) === undefined ? others : [WAYPOINT, ...others];
}

/** Labels that send a service's requests by its own waypoint: of its Service, and of its pods. */
export function waypointLabels({ name, for: what }: WaypointPlan): {
    readonly service: Readonly<Record<string, string>>;
    readonly pods: Readonly<Record<string, string>>;
} {
    const use = { "istio.io/use-waypoint": name };
    return {
        service: what === "workload" ? {} : use,
        pods: what === "service" ? {} : use,
    };
}
