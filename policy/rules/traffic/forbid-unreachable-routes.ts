import type { HttpMatch, HttpRoute, L4Route } from "../../kinds/istio-networking";
import { type Finding, objectRule } from "../../rule";

interface Seen {
    readonly index: number;
    readonly match: HttpMatch | undefined;
}

/** A match's text, whatever the order of its keys. */
function text(value: unknown): string {
    return JSON.stringify(value, (_, one: unknown) =>
        typeof one === "object" && one !== null && !Array.isArray(one)
            ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
            : one,
    );
}

/** Whether a match asks for a path alone. */
function asksPathOnly(match: HttpMatch): boolean {
    return Object.keys(match).every((key) => key === "uri" || key === "name");
}

/** Whether every path that one match takes, an earlier prefix has taken before; only where nothing else is asked. */
function isCovered(earlier: HttpMatch | undefined, later: HttpMatch): boolean {
    const prefix = earlier?.uri?.prefix;
    if (earlier === undefined || prefix === undefined || !asksPathOnly(earlier)) return false;
    // A later match may ask for more: it takes less than its path alone.
    const path = later.uri?.prefix ?? later.uri?.exact;
    return path !== undefined && path !== prefix && path.startsWith(prefix);
}

/** Judges the order of one list of routes. */
function* judge(
    subject: string,
    key: "http" | "tls" | "tcp",
    routes: readonly (HttpRoute | L4Route)[],
): Generator<Finding> {
    const seen = new Map<string, Seen>();
    let open: number | undefined;
    for (const [index, { match = [] }] of routes.entries()) {
        const place = `spec.${key}[${index}]`;
        if (open !== undefined) {
            yield (
                `${subject} never gets to ${place}: spec.${key}[${open}] before it takes everything; move the ` +
                "route without a match to the end (IST0130)."
            );
            continue;
        }
        if (match.length === 0) {
            open = index;
            continue;
        }
        for (const [number, one] of match.entries()) {
            const twin = seen.get(text(one));
            if (twin) {
                yield (
                    `${subject} never uses ${place}.match[${number}]: spec.${key}[${twin.index}] has the same; ` +
                    "remove one (IST0131)."
                );
                continue;
            }
            const http = key === "http" ? (one as HttpMatch) : undefined;
            const cover =
                http && [...seen.values()].find((earlier) => isCovered(earlier.match, http));
            if (cover) {
                yield (
                    `${subject} never uses ${place}.match[${number}]: spec.http[${cover.index}] before it takes ` +
                    `every path from "${cover.match?.uri?.prefix ?? ""}" on; move the narrower match first (IST0131).`
                );
            }
            seen.set(text(one), { index, match: http });
        }
    }
}

export const forbidUnreachableRoutes = objectRule({
    name: "forbid-unreachable-routes",
    displayName: "Every route of a VirtualService can be taken",
    description: "No route of a VirtualService comes after one that takes all its requests.",
    why:
        "Routes are tried in order, and the first that matches is taken. What comes after a route without a " +
        "match, or after the same or a wider match, is never used: a canary that gets no traffic, a fix that " +
        "changes nothing.",
    severity: "medium",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Order routes from the narrowest match to the widest, with the one without a match last.",
    url: "https://istio.io/latest/docs/reference/config/analysis/ist0130/",
    tags: ["traffic", "virtual-services"],
    judge: {
        *virtualService({ subject, object: { spec } }) {
            yield* judge(subject, "http", spec?.http ?? []);
            yield* judge(subject, "tls", spec?.tls ?? []);
            yield* judge(subject, "tcp", spec?.tcp ?? []);
        },
    },
});
