import { dirname, join } from "node:path";

/** What stands for the operator keeps below the sandbox's state folder. */
export interface SailPlaces {
    readonly root: string;
    /**
     * The programs it runs, started by this path: so every one of its processes names its sandbox in its
     * command line.
     */
    readonly bin: string;
    readonly log: string;
}

/** The places beside a sandbox's kubeconfig. */
export function sailPlaces(kubeconfig: string): SailPlaces {
    const state = dirname(kubeconfig);
    const root = join(state, "sail");
    return { root, bin: join(root, "bin"), log: join(state, "logs", "sail-operator.log") };
}
