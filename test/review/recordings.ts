import { ambientBase, ambientScenarios } from "./ambient-scenarios";
import { baseObjects } from "./base-objects";
import { clusterScopedObjects } from "./cluster-scoped-objects";
import type { Manifest } from "./extra-objects";
import { kubernetesScenarios } from "./kubernetes-scenarios";
import type { Scenario } from "./scenario";
import { securityScenarios } from "./security-scenarios";
import { sidecarBase, sidecarScenarios } from "./sidecar-scenarios";
import { trafficScenarios } from "./traffic-scenarios";

/** One deployed stack, and what is changed on it. */
export interface Recording {
    readonly name: string;
    /** The stack file it starts from. */
    readonly from: string;
    readonly base: Readonly<Record<string, unknown>>;
    readonly objects: readonly Manifest[];
    readonly scenarios: readonly Scenario[];
}

export const RECORDINGS: readonly Recording[] = [
    { name: "ambient", from: "dev", base: ambientBase, objects: [], scenarios: ambientScenarios },
    {
        name: "sidecar",
        from: "prod",
        base: sidecarBase,
        objects: [...baseObjects("boutique"), ...clusterScopedObjects],
        scenarios: [
            ...sidecarScenarios,
            ...trafficScenarios,
            ...securityScenarios,
            ...kubernetesScenarios,
        ],
    },
];
