/** Which version each part of the mesh runs in, whoever makes it. */
import { controlPlanesOf, versionIn } from "./control-planes";
import type { Found, Stack } from "./found";
import { componentOf, imageOf } from "./images";
import { containersOf } from "./pods";
import { ztunnelsOf } from "./ztunnels";

/** A part with its version; `undefined` where its tag or object names no exact one. */
export interface Versioned {
    readonly part: "istiod" | "istio-cni" | "ztunnel" | "gateway";
    readonly found: Found;
    readonly version: string | undefined;
}

/** The version of the image in a template that runs a part of the mesh. */
function imageVersion(
    found: Found<"daemonSet"> | Found<"deployment">,
    component: ReturnType<typeof componentOf>,
): { version: string | undefined } | undefined {
    for (const { image } of containersOf(found.object.spec?.template ?? {})) {
        if (image !== undefined && componentOf(image) === component) {
            return { version: versionIn(imageOf(image).tag) };
        }
    }
    return undefined;
}

/** The CNI agents of a stack. For `stack.view`. */
export function cniAgentsOf(stack: Stack): readonly Versioned[] {
    return [
        ...stack.all("daemonSet").flatMap((found): Versioned[] => {
            const runs = imageVersion(found, "istio-cni");
            return runs ? [{ part: "istio-cni", found, ...runs }] : [];
        }),
        ...stack.all("istioCni").map((found): Versioned => ({
            part: "istio-cni",
            found,
            version: versionIn(found.object.spec?.version),
        })),
    ];
}

/** Everything that istiod configures, with its version. For `stack.view`. */
export function dataPlaneVersions(stack: Stack): readonly Versioned[] {
    return [
        ...stack.view(cniAgentsOf),
        ...stack
            .view(ztunnelsOf)
            .map(({ found, version }): Versioned => ({ part: "ztunnel", found, version })),
        ...stack.all("deployment").flatMap((found): Versioned[] => {
            const runs = imageVersion(found, "proxy");
            return runs ? [{ part: "gateway", found, ...runs }] : [];
        }),
    ];
}

/** The exact versions that control planes run in, each with one of them. For `stack.view`. */
export function controlPlaneVersions(stack: Stack): ReadonlyMap<string, Found> {
    return new Map(
        stack
            .view(controlPlanesOf)
            .flatMap(({ version, found }) => (version === undefined ? [] : [[version, found]])),
    );
}
