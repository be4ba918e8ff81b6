/** What Istio's judges may say of our own objects, and why it is no fault of theirs. */
import type { Message } from "./istioctl";

interface Expected {
    readonly code: string;
    /** Of which objects. */
    readonly origin: RegExp;
    readonly why: string;
}

export const EXPECTED: readonly Expected[] = [
    {
        code: "IST0102",
        origin: /^Namespace (istio-cni|ztunnel|sail-operator|observability)$/,
        why: "They run the mesh's own agents and tools, which are never injected.",
    },
    {
        code: "IST0103",
        origin: /^Pod .*-a$/,
        why: "Made of a workload's template for the analyzers, and so by no injector.",
    },
    {
        code: "IST0147",
        origin: /^Pod istio-(ingress|egress)\/istio-(ingress|egress)-a$/,
        why: "The chart's image is auto; the injector writes the real one when the pod is made.",
    },
    {
        code: "IST0158",
        origin: /^Namespace istio-(ingress|egress)$/,
        why: "The same image.",
    },
    {
        code: "IST0175",
        origin: /^Deployment istio-system\/istiod$/,
        why: "It is about addresses of one's own network; the examples' keys come from outside.",
    },
    {
        code: "IST0133",
        origin: /^EnvoyFilter \S+-rate-limit$/,
        why: "A rate limit has no other API.",
    },
    {
        code: "IST0133",
        origin: /^AuthorizationPolicy shop\/(profile-required|frontend-not-its-admin-page)$/,
        why: "Their services have HTTP ports alone, so no TCP port is denied.",
    },
];

/** Lines of `istioctl validate` that nobody is to mend. */
const EXPECTED_LINES: readonly RegExp[] = [
    // Istio's own gateway chart names its port so.
    /^\* Service\/istio-(ingress|egress)\/\S+ .* port "status-port" does not follow the Istio naming convention/,
    // It isn't in the mesh, and its chart has no value for labels of its Deployment's.
    /^deployment "sail-operator\/sail-operator:" may not provide Istio metrics and telemetry labels/,
    // A rate limit has no other API.
    /^\* EnvoyFilter\/\S+-rate-limit: EnvoyFilter exposes internal implementation details/,
    // Their services have HTTP ports alone.
    /^\* AuthorizationPolicy\/\S+ configured AuthorizationPolicy will deny all traffic to TCP ports under its scope/,
    // Headings of the above.
    /^Error: \d+ errors? occurred:$/,
    /^"\S+\.yaml" has warnings:$/,
];

/** Messages that nobody expects, in one line each. */
export function unexpected(messages: readonly Message[]): readonly string[] {
    return messages
        .filter(
            ({ code, origin }) =>
                !EXPECTED.some((one) => one.code === code && one.origin.test(origin)),
        )
        .map(({ code, level, origin, message }) => `${code} ${level} ${origin}: ${message}`);
}

/** Lines that nobody expects. */
export function unexpectedLines(lines: readonly string[]): readonly string[] {
    return lines.filter((line) => !EXPECTED_LINES.some((expected) => expected.test(line)));
}
