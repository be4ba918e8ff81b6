import type { LivingPlaces } from "./places";
import { KWOK_ARGUMENTS } from "./roles";

const EGRESS = "egress-selector-config-file";

/** Arguments that a control plane with a living mesh has beyond the others, by component. */
export function livingArguments(
    places: LivingPlaces,
): Readonly<Record<"kube-apiserver" | "kwok-controller", Readonly<Record<string, string>>>> {
    return {
        "kube-apiserver": { [EGRESS]: places.egressConfig },
        "kwok-controller": KWOK_ARGUMENTS,
    };
}

/** Whether a command line is an API server that needs a living mesh: it reaches webhooks by no other way. */
export function usesLiving(command: string): boolean {
    return command.includes(` --${EGRESS}=`);
}
