/**
 * The control planes of a stack, whoever makes them: a chart's istiod with its ConfigMaps, or Sail's
 * values. What a chart writes into ConfigMaps and environment, Sail's `Istio` says in `spec.values`.
 */
import { parse } from "yaml";
import type { Found, Stack } from "./found";
import { imageOf } from "./images";
import type { MeshConfig, MeshValues } from "./kinds/sail";
import { envOf } from "./pods";

/** One istiod, or what will become one. Getters read only what they need: a preview may not know all. */
export interface ControlPlane {
    readonly found: Found<"deployment"> | Found<"istio">;
    /** Namespace that istiod runs in. */
    readonly namespace: string;
    /** Its revision: `default` where none is named. */
    readonly revision: string;
    /** `1.31.3`, as the image's tag or the version says it; undefined where neither does. */
    readonly version: string | undefined;
    /** The cluster it takes itself to be in; istiod's own default is `Kubernetes`. */
    readonly clusterName: string;
    /** The mesh's configuration; undefined where the stack doesn't hold its ConfigMap. */
    readonly meshConfig: MeshConfig | undefined;
    /** The chart's `global` values that proxies get; undefined where the stack doesn't hold them. */
    readonly global: MeshValues["global"] | undefined;
    /** The namespace whose policies hold for the whole mesh. */
    readonly rootNamespace: string;
    /** Where it trusts ztunnel to be: `namespace/serviceaccount`. */
    readonly trustedZtunnel: string;
}

/** Versions start so, in tags such as `1.31.3-distroless` and Sail's `v1.31.3`. */
const VERSION = /^v?(\d+\.\d+\.\d+)/;

/** `1.31.3` of a text such as `v1.31.3` or `1.31.3-distroless`; undefined for others, such as aliases. */
export function versionIn(text: string | undefined): string | undefined {
    return VERSION.exec(text ?? "")?.[1];
}

class ChartControlPlane implements ControlPlane {
    constructor(
        readonly found: Found<"deployment">,
        private readonly stack: Stack,
    ) {}

    private get template() {
        return this.found.object.spec?.template ?? {};
    }

    /** A ConfigMap of this revision: `istio`, or `istio-canary`. */
    private configMap(stem: string): Record<string, string> | undefined {
        const name = this.revision === "default" ? stem : `${stem}-${this.revision}`;
        return this.stack
            .all("configMap")
            .find((found) => found.namespace === this.namespace && found.shortName === name)?.object
            .data;
    }

    get namespace(): string {
        return this.found.namespace;
    }

    get revision(): string {
        const named = envOf(this.template, "REVISION");
        return named === undefined || named === "" ? "default" : named;
    }

    get version(): string | undefined {
        const containers = this.template.spec?.containers ?? [];
        const istiod = containers.find(({ name }) => name === "discovery") ?? containers[0];
        return istiod?.image === undefined ? undefined : versionIn(imageOf(istiod.image).tag);
    }

    get clusterName(): string {
        return envOf(this.template, "CLUSTER_ID") ?? "Kubernetes";
    }

    get meshConfig(): MeshConfig | undefined {
        const text = this.configMap("istio")?.["mesh"];
        return text === undefined ? undefined : (parse(text) as MeshConfig);
    }

    get global(): MeshValues["global"] | undefined {
        const text = this.configMap("istio-sidecar-injector")?.["values"];
        return text === undefined ? undefined : (JSON.parse(text) as MeshValues).global;
    }

    get rootNamespace(): string {
        return this.meshConfig?.rootNamespace ?? this.namespace;
    }

    get trustedZtunnel(): string {
        return envOf(this.template, "CA_TRUSTED_NODE_ACCOUNTS") ?? `${this.namespace}/ztunnel`;
    }
}

class SailControlPlane implements ControlPlane {
    constructor(readonly found: Found<"istio">) {}

    private get values(): MeshValues {
        return this.found.object.spec?.values ?? {};
    }

    get namespace(): string {
        return this.found.object.spec?.namespace ?? "istio-system";
    }

    /** In place, the object's own name; by revision, a stem that the operator adds the version to. */
    get revision(): string {
        const { spec } = this.found.object;
        return spec?.updateStrategy?.type === "RevisionBased"
            ? `${this.found.shortName}-${(spec.version ?? "").replaceAll(".", "-")}`
            : this.found.shortName;
    }

    get version(): string | undefined {
        return versionIn(this.found.object.spec?.version);
    }

    get clusterName(): string {
        return this.values.global?.multiCluster?.clusterName ?? "Kubernetes";
    }

    get meshConfig(): MeshConfig {
        return this.values.meshConfig ?? {};
    }

    get global(): MeshValues["global"] {
        return this.values.global;
    }

    get rootNamespace(): string {
        return this.meshConfig.rootNamespace ?? this.namespace;
    }

    get trustedZtunnel(): string {
        const { env, trustedZtunnelNamespace } = this.values.pilot ?? {};
        return (
            env?.["CA_TRUSTED_NODE_ACCOUNTS"] ??
            `${trustedZtunnelNamespace ?? this.namespace}/ztunnel`
        );
    }
}

/** Whether a Deployment is istiod: what the chart labels its pods with. */
export function isIstiod({ object }: Found<"deployment">): boolean {
    return object.spec?.template?.metadata?.labels?.["app"] === "istiod";
}

/** Whether Sail's operator makes the object: it labels all of its own so. */
export function isOperators({ object }: Found): boolean {
    return object.metadata?.labels?.["managed-by"] === "sail-operator";
}

/** Whether the stack carries the istiod that Sail's operator will make of an `Istio`. For `stack.view`. */
export function hasOperatorsIstiod(stack: Stack): boolean {
    return stack.all("deployment").some((found) => isOperators(found) && isIstiod(found));
}

/** The control plane that a Deployment is; undefined for other Deployments. */
export function controlPlaneOf(found: Found<"deployment">, stack: Stack): ControlPlane | undefined {
    return isIstiod(found) ? new ChartControlPlane(found, stack) : undefined;
}

/** The control plane that Sail makes of an Istio; undefined for a remote cluster, which has none of its own. */
export function sailControlPlaneOf(found: Found<"istio">): ControlPlane | undefined {
    return found.object.spec?.profile === "remote" ? undefined : new SailControlPlane(found);
}

/**
 * Every control plane of the stack. Where the stack also carries what the operator will make of an
 * `Istio`, both are there, and say the same. For `stack.view`.
 */
export function controlPlanesOf(stack: Stack): readonly ControlPlane[] {
    return [
        ...stack.all("deployment").map((found) => controlPlaneOf(found, stack)),
        ...stack.all("istio").map(sailControlPlaneOf),
    ].filter((plane) => plane !== undefined);
}
