/** What a workload takes from its clients: the PeerAuthentications that hold for it, as Istio composes them. */
import type { Found, Stack } from "../policy/found";
import { isWide, rootNamespacesOf, selectedLabels } from "../policy/policy-scope";
import { carries } from "../policy/selectors";
import { madeAt } from "./live";
import type { Plane } from "./members";

export type Mode = "STRICT" | "PERMISSIVE" | "DISABLE";

/** What a workload takes, in words of the table. */
export type Taken = "mTLS" | "mTLS and plaintext" | "plaintext";

/** The mode that holds for a workload's pods, and who says so. */
export interface Demand {
    readonly mode: Mode;
    /** `PeerAuthentication shop/default`, or Istio's own default. */
    readonly by: string;
    /** Ports with another mode. */
    readonly ports: readonly { readonly port: string; readonly mode: Mode }[];
}

type Policy = Found<"peerAuthentication">;

const MODES: readonly string[] = ["STRICT", "PERMISSIVE", "DISABLE"];

function modeIn(mode: string | undefined): Mode | undefined {
    return MODES.includes(mode ?? "") ? (mode as Mode) : undefined;
}

/** Of several for the same the oldest holds, and of equally old ones the first by name. */
function oldest(policies: readonly Policy[]): Policy | undefined {
    return [...policies].sort(
        (a, b) => madeAt(a) - madeAt(b) || (a.shortName < b.shortName ? -1 : 1),
    )[0];
}

/**
 * The demand on pods of a namespace with these labels. A workload's policy in the root namespace holds for
 * nobody, as in Istio.
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function demandOn(
    namespace: string,
    labels: Readonly<Record<string, string>>,
    stack: Stack,
): Demand {
    const roots = stack.view(rootNamespacesOf);
    const own = stack.in("peerAuthentication", namespace);
    const wide = (policies: readonly Policy[]) =>
        oldest(policies.filter(({ object }) => isWide(object.spec)));
    const mesh = wide([...roots].flatMap((root) => stack.in("peerAuthentication", root)));
    const forNamespace = roots.has(namespace) ? undefined : wide(own);
    const forWorkload = roots.has(namespace)
        ? undefined
        : oldest(
              own.filter(
                  ({ object }) =>
                      !isWide(object.spec) && carries(labels, selectedLabels(object.spec)),
              ),
          );
    let demand: Demand = { mode: "PERMISSIVE", by: "Istio's default", ports: [] };
    for (const policy of [mesh, forNamespace, forWorkload]) {
        const mode = modeIn(policy?.object.spec?.mtls?.mode);
        if (policy && mode) demand = { ...demand, mode, by: `PeerAuthentication ${policy.name}` };
    }
    const ports = Object.entries(forWorkload?.object.spec?.portLevelMtls ?? {}).flatMap(
        ([port, { mode: given }]) => {
            const mode = modeIn(given);
            return mode === undefined || mode === demand.mode ? [] : [{ port, mode }];
        },
    );
    return { ...demand, ports };
}

/** What a mode means on a data plane. ztunnel takes DISABLE for PERMISSIVE. */
export function taken(plane: Plane, mode: Mode): Taken {
    if (plane === "none") return "plaintext";
    if (mode === "STRICT") return "mTLS";
    return mode === "DISABLE" && plane === "sidecar" ? "plaintext" : "mTLS and plaintext";
}
