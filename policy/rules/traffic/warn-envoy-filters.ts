import { text } from "../../config";
import { objectRule } from "../../rule";

export const warnEnvoyFilters = objectRule({
    name: "warn-envoy-filters",
    displayName: "Every EnvoyFilter has a reason",
    description: "An EnvoyFilter says by annotation why nothing else of Istio's would do.",
    why:
        "An EnvoyFilter patches Envoy's configuration as istiod happens to write it, which isn't an API: a new " +
        "version may move what the patch looks for, and the patch then does nothing, or breaks the proxy. It " +
        "also stands in the way of ambient, whose ztunnel takes none. Sometimes it is the only way (local rate " +
        "limits): then the next upgrade should know why it is there.",
    severity: "medium",
    enforcementLevel: "advisory",
    remediationSteps:
        "Use Telemetry, WasmPlugin, ProxyConfig or a route's own fields where they do, or annotate the " +
        "EnvoyFilter with the reason.",
    url: "https://istio.io/latest/docs/reference/config/networking/envoy-filter/",
    tags: ["traffic", "envoy-filters", "upgrades"],
    config: {
        annotation: text("The annotation that holds the reason.", "istio-mesh/reason"),
    },
    judge: {
        *envoyFilter({ subject, object: { metadata, spec } }, { annotation }) {
            if ((metadata?.annotations?.[annotation] ?? "").trim() !== "") return;
            const patched = [
                ...new Set((spec?.configPatches ?? []).map(({ applyTo = "" }) => applyTo)),
            ];
            yield (
                `${subject} patches ${patched.join(", ") || "nothing"} of Envoy's configuration, which any upgrade may ` +
                `change; use an API of Istio's, or say why not in annotation ${annotation}.`
            );
        },
    },
});
