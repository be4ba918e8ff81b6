import type { Problem } from "../settings/problems";
import type { Settings } from "../settings/schema";
import type { Target } from "../settings/target";
import { credentialsOf } from "./credentials";
import {
    gatewayApiProblems,
    liveGatewayApi,
    looksAtGatewayApi,
    type GatewayApiInput,
} from "./gateway-api";
import { liveMesh } from "./live-mesh";
import { liveProblems, type LiveInput } from "./live-problems";
import { moves } from "./moves";
import { ClusterReader } from "./reader";

export { ClusterReader } from "./reader";
export { awaitRollout } from "./rollout";

/** What a look at the target cluster found: it can be read, or why not. */
export type Look =
    | {
          readonly reader: ClusterReader;
          readonly problems: readonly Problem[];
          /** What must restart, in a sentence for each namespace that changes its data plane. */
          readonly moves: readonly string[];
      }
    | { readonly reader?: never; readonly blind: string };

/**
 * Looks at the mesh that is in the cluster, before anything is changed. A cluster that won't be read
 * stops nothing: whoever may deploy to it need not be able to list everything.
 */
export async function lookAt(
    target: Target,
    settings: LiveInput & GatewayApiInput & Pick<Settings, "namespaces" | "dataPlane">,
): Promise<Look> {
    try {
        const reader = new ClusterReader(await credentialsOf(target));
        const [mesh, gatewayApi] = await Promise.all([
            liveMesh(reader),
            looksAtGatewayApi(settings) ? liveGatewayApi(reader) : [],
        ]);
        return {
            reader,
            problems: [
                ...liveProblems(mesh, settings),
                ...gatewayApiProblems(gatewayApi, settings),
            ],
            moves: moves(mesh.namespaces, settings),
        };
    } catch (error) {
        return { blind: error instanceof Error ? error.message : String(error) };
    }
}
