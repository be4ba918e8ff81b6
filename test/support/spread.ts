/** Pods over nodes and zones, as every Deployment of a production mesh asks for it. */
export function spreadOf(matchLabels: Readonly<Record<string, string>>) {
    return ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels },
    }));
}
