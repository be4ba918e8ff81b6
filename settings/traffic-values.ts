import { z } from "zod";
import { repairs } from "./suggestions";

/** A length of time as both Istio and the Gateway API take it: one number and its unit. */
export const duration = z
    .string()
    .regex(/^[1-9]\d{0,4}(ms|s|m|h)$/)
    .meta({
        allowed: 'a whole number of at most 5 digits with unit ms, s, m or h, such as "5s"',
        example: "5s",
    })
    .register(repairs, {
        repair: (given) => {
            const [, number, unit = "s"] =
                /^([1-9]\d{0,4})\s*(ms|s|m|h)?[a-z]*$/i.exec(given.trim()) ?? [];
            return number === undefined ? undefined : `${number}${unit.toLowerCase()}`;
        },
    });

/** A duration in seconds, as Istio's own objects write it: `5s`, `0.25s`. */
export function inSeconds(text: string): string {
    const [, number = "0", unit = "s"] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
    const factor = { ms: 0.001, s: 1, m: 60, h: 3600 }[unit] ?? 1;
    return `${Number((Number(number) * factor).toFixed(3))}s`;
}

/** A host's full name, or a wildcard for all names below a domain. */
export const hostName = z
    .string()
    .max(253)
    .regex(/^(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/)
    .meta({
        allowed: "a lower-case host name with a dot, perhaps with *. before it",
        example: "shop.example.com",
    })
    .register(repairs, {
        repair: (given) => {
            const host = given
                .trim()
                .toLowerCase()
                .replace(/^[a-z]+:\/\//, "")
                .replace(/[:/].*$/, "");
            return /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host) ? host : undefined;
        },
    });

/** The namespace and name of one of a list's gateways, most of which are in the namespace `usual`. */
export function gatewayName(list: "gateways" | "egressGateways", usual: string) {
    return z
        .string()
        .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z]([a-z0-9-]{0,51}[a-z0-9])?$/)
        .meta({ allowed: `<namespace>/<name> of one of ${list}`, example: `${usual}/${usual}` })
        .register(repairs, {
            repair: (given) =>
                /^[a-z]([a-z0-9-]{0,51}[a-z0-9])?$/.test(given) ? `${usual}/${given}` : undefined,
        });
}
