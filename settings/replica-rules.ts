import { sizingOf, type AutoscaledSizing } from "../components/plan/sizing";
import { removeCommand, setCommand, type SettingPath } from "./commands";
import type { Finding, Rule } from "./rules";

/** Bounds that must hold between replica numbers once the size has filled in the rest. */
export const replicaNumbersAgree: Rule = (parts) => {
    const { size, sizing, gateways = [], egressGateways = [], waypoints = [] } = parts;
    if (size === undefined || sizing === undefined) {
        return [];
    }
    const resolved = sizingOf(size, sizing);
    return [
        ...replicasHold(["sizing", "istiod"], resolved.istiod),
        ...replicasHold(["sizing", "waypoint"], resolved.waypoint),
        ...gateways.flatMap((gateway, i) =>
            replicasHold(["gateways", i], resolved.gateway(gateway)),
        ),
        ...egressGateways.flatMap((gateway, i) =>
            replicasHold(["egressGateways", i], resolved.gateway(gateway)),
        ),
        // A single waypoint's numbers go before those of all.
        ...waypoints.flatMap(({ minReplicas, maxReplicas, minAvailable }, i) => {
            const own = { minReplicas, maxReplicas, minAvailable };
            const said = Object.fromEntries(
                Object.entries(own).filter(([, number]) => number !== undefined),
            );
            const numbers = { ...sizing.waypoint, ...said };
            return replicasHold(
                ["waypoints", i],
                sizingOf(size, { ...sizing, waypoint: numbers }).waypoint,
            );
        }),
    ];
};

function replicasHold(path: SettingPath, sizing: AutoscaledSizing): Finding[] {
    const { minReplicas, maxReplicas, minAvailable } = sizing;
    const from = [[...path, "minReplicas"]];
    const findings: Finding[] = [];
    if (maxReplicas < minReplicas) {
        findings.push({
            path: [...path, "maxReplicas"],
            given: `${maxReplicas}, below minReplicas ${minReplicas}`,
            allowed: `${minReplicas} or more`,
            fix: setCommand([...path, "maxReplicas"], minReplicas),
            from,
        });
    }
    if (minAvailable !== undefined && minAvailable >= minReplicas) {
        const fits = minReplicas - 1;
        findings.push({
            path: [...path, "minAvailable"],
            given: `${minAvailable} of ${minReplicas === 1 ? "1 replica" : `${minReplicas} replicas`}: a drain could never evict a pod`,
            allowed:
                fits > 1 ? `1 to ${fits}` : fits === 1 ? "1" : "nothing while there is 1 replica",
            fix:
                fits > 0
                    ? setCommand([...path, "minAvailable"], fits)
                    : removeCommand([...path, "minAvailable"]),
            from,
        });
    }
    return findings;
}
