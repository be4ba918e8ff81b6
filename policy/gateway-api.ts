/** The Gateway API's CRDs of a stack: which bundle and channel each is of. */
import type { Found, Stack } from "./found";

export interface GatewayApiCrd {
    readonly found: Found<"customResourceDefinition">;
    /** `1.6.0`; undefined where the CRD doesn't say. */
    readonly version: string | undefined;
    /** `standard` or `experimental`; undefined where the CRD doesn't say. */
    readonly channel: string | undefined;
}

/** Its CRDs, as their annotations say. For `stack.view`. */
export function gatewayApiCrdsOf(stack: Stack): readonly GatewayApiCrd[] {
    return stack
        .all("customResourceDefinition")
        .filter(({ object }) => object.spec?.group === "gateway.networking.k8s.io")
        .map((found) => {
            const annotations = found.object.metadata?.annotations;
            return {
                found,
                version: annotations?.["gateway.networking.k8s.io/bundle-version"]?.replace(
                    /^v/,
                    "",
                ),
                channel: annotations?.["gateway.networking.k8s.io/channel"],
            };
        });
}
