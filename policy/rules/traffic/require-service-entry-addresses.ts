import { controlPlanesOf } from "../../control-planes";
import type { Stack } from "../../found";
import { dataPlanesOf } from "../../data-planes";
import { stackRule } from "../../rule";

/** Whether proxies answer DNS themselves, so that istiod's own addresses tell hosts apart. For `stack.view`. */
function capturesDns(stack: Stack): boolean {
    return stack.view(controlPlanesOf).some(({ meshConfig }) => {
        const metadata = meshConfig?.defaultConfig?.proxyMetadata ?? {};
        return metadata["ISTIO_META_DNS_CAPTURE"] === "true";
    });
}

export const requireServiceEntryAddresses = stackRule({
    name: "require-service-entry-addresses",
    displayName: "TCP hosts outside have addresses",
    description: "Every ServiceEntry with a TCP port has addresses, or proxies that capture DNS.",
    why:
        "TCP carries no host name, so a sidecar tells hosts apart by address. Without one the entry takes " +
        "every connection to its port, whatever host it is for. Where proxies capture DNS " +
        "(ISTIO_META_DNS_CAPTURE; ambient does by default), istiod gives out addresses itself.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Set spec.addresses, name the protocol if it is TLS or HTTP, or turn DNS capture on for the mesh.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0134/",
    tags: ["traffic", "service-entries"],
    reads: ["deployment", "istio", "configMap", "namespace"],
    judge: {
        *serviceEntry({ subject, namespace, object: { spec } }, _, stack) {
            if ((spec?.addresses ?? []).length > 0 || stack.view(capturesDns)) return;
            if (stack.view(dataPlanesOf).get(namespace)?.mode === "ambient") return;
            for (const [index, { number, protocol = "" }] of (spec?.ports ?? []).entries()) {
                if (protocol !== "" && protocol.toUpperCase() !== "TCP") continue;
                yield (
                    `${subject} has TCP port ${number} in spec.ports[${index}] but no addresses, so it takes all ` +
                    "connections to that port; set spec.addresses, or the protocol if it isn't TCP (IST0134)."
                );
            }
        },
    },
});
