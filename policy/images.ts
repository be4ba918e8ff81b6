/** Image references, and what of the mesh they run. */

/** `docker.io/istio/pilot:1.31.3` in its parts. */
export interface Image {
    /** Registry and path before the name: `docker.io/istio`. */
    readonly registry: string;
    readonly name: string;
    /** Undefined for none, which means `latest` unless there is a digest. */
    readonly tag: string | undefined;
    readonly digest: string | undefined;
}

/** Reads a reference as container runtimes do: without a registry it is Docker Hub's. */
export function imageOf(reference: string): Image {
    const [location = "", digest] = reference.split("@");
    const path = location.split("/");
    const [name = "", tag] = (path.pop() ?? "").split(":");
    const [first] = path;
    const named = first !== undefined && (/[.:]/.test(first) || first === "localhost");
    const registry = (
        named ? path : ["docker.io", ...(first === undefined ? ["library"] : path)]
    ).join("/");
    return { registry, name, tag, digest };
}

/** A part of the mesh that runs in pods. */
export type Component = "istiod" | "ztunnel" | "istio-cni" | "proxy" | "sail-operator";

const components: Readonly<Record<string, Component>> = {
    pilot: "istiod",
    ztunnel: "ztunnel",
    "install-cni": "istio-cni",
    proxyv2: "proxy",
    "sail-operator": "sail-operator",
};

/** The part of the mesh that an image runs, whatever registry it comes from; undefined for others. */
export function componentOf(reference: string): Component | undefined {
    return components[imageOf(reference).name];
}

/** What a gateway's or application's container says for "the injector fills in the image". */
export const AUTO = "auto";
