import type { LivingPlaces } from "./places";
import { KWOK_ARGUMENTS } from "./roles";

/** Arguments that a control plane with a living mesh has beyond the others, by component. */
export function livingArguments(
    places: LivingPlaces,
): Readonly<Record<"kube-apiserver" | "kwok-controller", Readonly<Record<string, string>>>> {
    return {
        "kube-apiserver": { "egress-selector-config-file": places.egressConfig },
        "kwok-controller": KWOK_ARGUMENTS,
    };
}
