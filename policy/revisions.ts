/** Revisions and tags that inject, whoever makes them. */
import { controlPlanesOf } from "./control-planes";
import type { Stack } from "./found";

/**
 * Every revision and tag that the stack has, in the order it has them; empty for a stack without a
 * control plane. `default` is also what `istio-injection=enabled` asks for. For `stack.view`.
 */
export function revisionsOf(stack: Stack): ReadonlySet<string> {
    const tags = stack.all("mutatingWebhookConfiguration").flatMap(({ object: { metadata } }) => {
        const { "istio.io/tag": tag } = metadata?.labels ?? {};
        return tag === undefined ? [] : [tag];
    });
    return new Set([
        ...stack.view(controlPlanesOf).map(({ revision }) => revision),
        ...stack.all("istioRevision").map(({ shortName }) => shortName),
        ...tags,
        ...stack.all("istioRevisionTag").map(({ shortName }) => shortName),
    ]);
}
