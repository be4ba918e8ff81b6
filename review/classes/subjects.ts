import { isTree, textAt, treeAt } from "../events/tree";
import type { Tree } from "../events/tree";

/** A Kubernetes object, as a resource's type and inputs name it. */
export interface ObjectName {
    /** API group, empty for the core's. */
    readonly group: string;
    readonly kind: string;
    /** Empty for what belongs to no namespace. */
    readonly namespace: string;
    readonly name: string;
}

/** The object of a resource; undefined for what is no Kubernetes object. */
export function objectOf(type: string, inputs: Tree): ObjectName | undefined {
    const [, apiVersion, kind] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
    if (apiVersion === undefined || kind === undefined) return undefined;
    const group = apiVersion.split("/")[0] ?? "";
    if (group === "helm.sh" || group === "yaml" || group === "kustomize") return undefined;
    return {
        group: group === "core" ? "" : group,
        kind: kind.replace(/Patch$/, ""),
        namespace: textAt(inputs, ["metadata", "namespace"]) ?? "",
        name: textAt(inputs, ["metadata", "name"]) ?? "",
    };
}

/** An object as people write it: `Deployment istio-system/istiod`. */
export function objectText({ kind, namespace, name }: ObjectName): string {
    return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`;
}

/**
 * What a resource is to a mesh, the narrowest first, for the tables: `["istiod", "Deployment"]`.
 * Known by what Istio's charts and controllers write on their objects, not by where they came from.
 */
export function subjectsOf(type: string, custom: boolean, inputs: Tree): readonly string[] {
    if (!custom) return ["component"];
    const object = objectOf(type, inputs);
    if (object === undefined) {
        return type.startsWith("pulumi:providers:") ? ["provider"] : [type.split(":")[0] ?? type];
    }
    const role = roleOf(object, inputs);
    const { group, kind } = object;
    // Two groups have a kind Gateway.
    const istios = group.endsWith("istio.io") ? [`istio ${kind}`] : [kind];
    return role === undefined ? istios : [role, ...istios];
}

function roleOf(object: ObjectName, inputs: Tree): string | undefined {
    switch (object.kind) {
        case "Deployment":
        case "StatefulSet":
        case "DaemonSet":
            return podsRole(treeAt(inputs, ["spec", "template", "metadata"]), object);
        case "ConfigMap":
            return configMapRole(object.name, treeAt(inputs, ["data"]));
        case "Service":
            return serviceRole(object.name, inputs);
        case "HorizontalPodAutoscaler":
            return textAt(inputs, ["spec", "scaleTargetRef", "name"])?.startsWith("istiod")
                ? "istiod autoscaler"
                : undefined;
        case "Gateway":
            if (object.group !== "gateway.networking.k8s.io") return undefined;
            return textAt(inputs, ["spec", "gatewayClassName"]) === "istio-waypoint"
                ? "waypoint"
                : "gateway object";
        case "Secret":
            return ["cacerts", "istio-ca-secret"].includes(object.name) ? "mesh CA" : undefined;
        default:
            return undefined;
    }
}

/** The role of pods, by the labels of their template. */
function podsRole(metadata: Tree, { kind, name }: ObjectName): string {
    const label = (key: string) => textAt(metadata, ["labels", key]);
    if (label("app") === "istiod" || label("istio") === "pilot") return "istiod";
    if (label("k8s-app") === "istio-cni-node") return "cni";
    if (label("app") === "ztunnel" || (kind === "DaemonSet" && name === "ztunnel")) {
        return "ztunnel";
    }
    const templates = textAt(metadata, ["annotations", "inject.istio.io/templates"]);
    const gateway = templates === "gateway" || label("gateway.networking.k8s.io/gateway-name");
    return gateway ? "gateway" : "workload";
}

function configMapRole(name: string, data: Tree): string | undefined {
    if (name.startsWith("istio-sidecar-injector")) return "injector config";
    if (Object.hasOwn(data, "mesh")) return "mesh config";
    if (Object.hasOwn(data, "merged-values") || Object.hasOwn(data, "original-values")) {
        return "chart values";
    }
    if (name === "istio-cni-config") return "cni config";
    const overlays = ["deployment", "service", "horizontalPodAutoscaler", "podDisruptionBudget"];
    const keys = Object.keys(data);
    return keys.length > 0 && keys.every((key) => overlays.includes(key))
        ? "gateway options"
        : undefined;
}

function serviceRole(name: string, inputs: Tree): string | undefined {
    const selector = treeAt(inputs, ["spec", "selector"]);
    if (selector["app"] === "istiod" || name.startsWith("istiod")) return "istiod Service";
    const labels = treeAt(inputs, ["metadata", "labels"]);
    // Istio's gateway chart labels its Service; its version says `istio` instead of a part.
    const chart = textAt(labels, ["helm.sh/chart"]) ?? "";
    return chart.startsWith("gateway-") || isTree(selector["istio"]) || "istio" in selector
        ? "gateway Service"
        : undefined;
}
