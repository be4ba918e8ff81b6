/** Where requests go: routes, destinations, hosts and ports that exist and mean what they say. */
import { forbidCompetingDestinationRules } from "./forbid-competing-destination-rules";
import { forbidCompetingPolicies } from "./forbid-competing-policies";
import { forbidCompetingVirtualServices } from "./forbid-competing-virtual-services";
import { forbidConflictingServiceEntries } from "./forbid-conflicting-service-entries";
import { forbidUnreachableRoutes } from "./forbid-unreachable-routes";
import { limitSidecarScope } from "./limit-sidecar-scope";
import { requireEffectiveEnvoyPatches } from "./require-effective-envoy-patches";
import { requireHostsOfGateway } from "./require-hosts-of-gateway";
import { requireKnownGateways } from "./require-known-gateways";
import { requireKnownHosts } from "./require-known-hosts";
import { requireKnownPorts } from "./require-known-ports";
import { requireKnownSubsets } from "./require-known-subsets";
import { requirePortProtocols } from "./require-port-protocols";
import { requireReferenceGrants } from "./require-reference-grants";
import { requireServableRoutes } from "./require-servable-routes";
import { requireServiceEntryAddresses } from "./require-service-entry-addresses";
import { requireSubsetWorkloads } from "./require-subset-workloads";
import { warnEnvoyFilters } from "./warn-envoy-filters";
import { warnUnbalancedWeights } from "./warn-unbalanced-weights";

export const traffic = [
    forbidCompetingDestinationRules,
    forbidCompetingPolicies,
    forbidCompetingVirtualServices,
    forbidConflictingServiceEntries,
    forbidUnreachableRoutes,
    limitSidecarScope,
    requireEffectiveEnvoyPatches,
    requireHostsOfGateway,
    requireKnownGateways,
    requireKnownHosts,
    requireKnownPorts,
    requireKnownSubsets,
    requirePortProtocols,
    requireReferenceGrants,
    requireServableRoutes,
    requireServiceEntryAddresses,
    requireSubsetWorkloads,
    warnEnvoyFilters,
    warnUnbalancedWeights,
];
