import { SandboxProblem } from "../problem";
import type { Progress } from "../progress";
import { resolveLivingTools } from "./tools";
import type { LivingTools } from "./tools";

/** What istiod and the workloads run as; nothing when that is switched off or can't be had. */
export async function livingToolsIfWanted(progress: Progress): Promise<LivingTools | undefined> {
    if (process.env["ISTIO_MESH_LIVING"] === "off") return undefined;
    try {
        return await resolveLivingTools(progress);
    } catch (error) {
        if (!(error instanceof SandboxProblem)) throw error;
        progress.line(
            `${error.message}\nGoing on without the living mesh: kwok plays istiod and the workloads.`,
        );
        return undefined;
    }
}
