import type { Found } from "../../found";
import { fullHost, namespacesOf } from "../../hosts";
import { stackRule } from "../../rule";
import { seenTogether } from "../../visibility";

/** Whether sidecars and waypoints follow it: it names the mesh gateway, or none. */
function isForMesh({ object }: Found<"virtualService">): boolean {
    const gateways = object.spec?.gateways ?? [];
    return gateways.length === 0 || gateways.includes("mesh");
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
            const namespaces = stack.view(namespacesOf);
            const full = ({ namespace, object }: Found<"virtualService">) =>
                (object.spec?.hosts ?? []).map((host) => fullHost(host, namespace, namespaces));
            const ours = full(found);
            for (const other of stack.all("virtualService")) {
                if (other === found) break;
                if (!isForMesh(other)) continue;
                const both = full(other).filter((host) => ours.includes(host));
                const [one, two] = [found, other].map(({ namespace, object }) => ({
                    namespace,
                    exportTo: object.spec?.exportTo,
                }));
                if (both.length === 0 || !one || !two || !seenTogether(one, two)) continue;
                yield (
                    `${found.subject} and ${other.subject} both route ${both.join(", ")} in the mesh, where only the ` +
                    "older counts; merge them, or set exportTo (IST0109, KIA1106)."
                );
            }
        },
    },
});
