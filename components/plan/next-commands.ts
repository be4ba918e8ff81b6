import { toolsOf } from "../observability/tools";
import type { Settings } from "../../settings/schema";

/** Commands that show a deployed mesh: its own pods, who is in it, and whether proxies are in step. */
export function nextCommands(
    target: { readonly kubeconfig: string; readonly context: string },
    settings: Pick<Settings, "installMethod" | "observability">,
): readonly string[] {
    const flags = `--kubeconfig ${target.kubeconfig} --context ${target.context}`;
    const tools = toolsOf(settings);
    const sail = `kubectl ${flags} get istios,istiorevisions,istiorevisiontags,istiocnis,ztunnels`;
    return [
        ...(settings.installMethod === "sail" ? [sail] : []),
        `kubectl ${flags} get pods -A -l app.kubernetes.io/part-of=istio`,
        `kubectl ${flags} get namespaces -L istio-injection,istio.io/dataplane-mode,istio.io/use-waypoint`,
        `istioctl ${flags} proxy-status`,
        ...(tools === undefined
            ? []
            : [`kubectl ${flags} -n ${tools.namespace} get pods,services`]),
    ];
}
