/** What ambient does otherwise than sidecars: ztunnel knows L4 alone, and waypoints the rest. */
import { forbidAmbientBlockers } from "./forbid-ambient-blockers";
import { forbidHttpRulesAtZtunnel } from "./forbid-http-rules-at-ztunnel";
import { requireExistingTargets } from "./require-existing-targets";
import { requireExistingWaypoint } from "./require-existing-waypoint";
import { requireHbonePort } from "./require-hbone-port";
import { requireNodeAgents } from "./require-node-agents";
import { requireWaypointForHttp } from "./require-waypoint-for-http";

export const ambient = [
    forbidAmbientBlockers,
    forbidHttpRulesAtZtunnel,
    requireExistingTargets,
    requireExistingWaypoint,
    requireHbonePort,
    requireNodeAgents,
    requireWaypointForHttp,
];
