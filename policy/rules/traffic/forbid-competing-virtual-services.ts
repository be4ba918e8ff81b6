import type { Found, Stack } from "../../found";
import { before, grouped } from "../../grouped";
import { fullHost, namespacesOf } from "../../hosts";
import { stackRule } from "../../rule";
import { seenTogether } from "../../visibility";

/** Whether sidecars and waypoints follow it: it names the mesh gateway, or none. */
function isForMesh({ object }: Found<"virtualService">): boolean {
    const gateways = object.spec?.gateways ?? [];
    return gateways.length === 0 || gateways.includes("mesh");
}

function hostsIn({ namespace, object }: Found<"virtualService">, stack: Stack): string[] {
    const namespaces = stack.view(namespacesOf);
    return (object.spec?.hosts ?? []).map((host) => fullHost(host, namespace, namespaces));
}

/** VirtualServices for the mesh, by full host. For `stack.view`. */
function servicesByHost(stack: Stack): ReadonlyMap<string, Found<"virtualService">[]> {
    const forMesh = stack.all("virtualService").filter(isForMesh);
    return grouped(forMesh, (found) => new Set(hostsIn(found, stack)));
}

export const forbidCompetingVirtualServices = stackRule({
    name: "forbid-competing-virtual-services",
    displayName: "One VirtualService routes a host in the mesh",
    description:
        "No two VirtualServices that the same namespaces see route the same host in the mesh.",
    why:
        "For the mesh, unlike for a gateway, istiod doesn't merge VirtualServices of one host: it takes the " +
        "older and ignores the other without a word.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Merge the routes into one VirtualService, delegate from one to the other, or limit each to its own " +
        "namespaces by exportTo.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0109/",
    tags: ["traffic", "virtual-services"],
    reads: ["namespace", "service"],
    judge: {
        *virtualService(found, _, stack) {
            if (!isForMesh(found)) return;
            const ours = hostsIn(found, stack);
            const byHost = stack.view(servicesByHost);
            const others = new Set(ours.flatMap((host) => before(found, byHost.get(host))));
            for (const other of others) {
                const both = hostsIn(other, stack).filter((host) => ours.includes(host));
                const [one, two] = [found, other].map(({ namespace, object }) => ({
                    namespace,
                    exportTo: object.spec?.exportTo,
                }));
                if (!one || !two || !seenTogether(one, two)) continue;
                yield (
                    `${found.subject} and ${other.subject} both route ${both.join(", ")} in the mesh, where only the ` +
                    "older counts; merge them, or set exportTo (IST0109, KIA1106)."
                );
            }
        },
    },
});
