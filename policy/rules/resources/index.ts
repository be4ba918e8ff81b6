/** What the parts of the mesh may use, and what the scheduler keeps for them. */
import { matchProxyResourceAnnotations } from "./match-proxy-resource-annotations";
import { requireProxyResources } from "./require-proxy-resources";
import { requireResourceRequests } from "./require-resource-requests";

export const resources = [
    matchProxyResourceAnnotations,
    requireProxyResources,
    requireResourceRequests,
];
