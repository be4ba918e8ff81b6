/** Who sees an object of Istio's networking: `exportTo` of VirtualServices, DestinationRules and ServiceEntries. */

/** Whether two objects are seen in some namespace both. An empty list means all. */
export function seenTogether(
    one: { namespace: string; exportTo?: readonly string[] | undefined },
    other: { namespace: string; exportTo?: readonly string[] | undefined },
): boolean {
    const [ours, theirs] = [one, other].map(({ namespace, exportTo = [] }) =>
        exportTo.length === 0 || exportTo.includes("*")
            ? undefined
            : new Set(exportTo.map((name) => (name === "." ? namespace : name))),
    );
    if (!ours || !theirs) return true;
    return [...ours].some((name) => theirs.has(name));
}
