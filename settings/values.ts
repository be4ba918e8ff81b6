import { z } from "zod";
import {
    ISTIO_MINORS,
    RECOMMENDED_ISTIO,
    SUPPORTED_MINORS,
    minorOf,
} from "../components/plan/versions";

declare module "zod" {
    interface GlobalMeta {
        /** What the place takes, in words, for errors and docs. */
        allowed?: string;
        /** A value it takes, for the fix that an error names. */
        example?: string | number;
    }
}

/**
 * Words that YAML reads as something other than a string. The ztunnel chart writes the cluster's
 * name without quotes, so such a name would reach ztunnel as a boolean or null.
 */
const YAML_WORDS = new Set(["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan"]);

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** A name that Kubernetes takes as a label of DNS. */
export const dnsLabel = z.string().regex(DNS_LABEL).meta({
    allowed: "lower-case letters, digits and dashes, at most 63, no dash at either end",
    example: "my-name",
});

/** A cluster's name that survives every chart, quoted or not. */
export const clusterName = z
    .string()
    .regex(/^[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/)
    .refine((name) => !YAML_WORDS.has(name.toLowerCase()))
    .meta({
        allowed:
            "a letter first, then letters, digits and dashes, at most 63, and no word that YAML reads as a boolean or null",
        example: "cluster1",
    });

const versionForm = "an exact Istio release of the form 1.31.3: no v, no alias, no range";

/** An Istio release that may be installed today. */
export const istioVersion = z
    .string()
    .superRefine((version, context) => {
        const fail = (allowed: string) => {
            context.addIssue({ code: "custom", params: { allowed } });
        };
        if (!/^\d+\.\d+\.\d+$/.test(version)) {
            fail(versionForm);
            return;
        }
        const minor = minorOf(version);
        const supported = SUPPORTED_MINORS.map((name) => `${name}.x`).join(" or ");
        const known = ISTIO_MINORS[minor];
        if (known?.endOfLife !== undefined) {
            fail(`${supported}; ${minor} is end of life since ${known.endOfLife}`);
        } else if (known === undefined) {
            fail(
                `${supported}; ${minor} is not known to this program (components/plan/versions.ts)`,
            );
        }
    })
    .meta({ allowed: versionForm, example: RECOMMENDED_ISTIO });

/** A whole number within bounds, named as the reader of an error should see them. */
export function quantityCount(min: number, max: number, allowed: string, example: number) {
    return z.int().min(min).max(max).meta({ allowed, example });
}

/** A CPU request as Kubernetes writes it: cores or millicores, above zero. */
export const cpu = z
    .string()
    .regex(/^(?=.*[1-9])(\d+m|\d+(\.\d{1,3})?)$/)
    .meta({ allowed: 'cores or millicores above zero, such as "500m" or "2"', example: "500m" });

/** A memory request as Kubernetes writes it, with a unit, above zero. */
export const memory = z
    .string()
    .regex(/^[1-9]\d*(Mi|Gi|M|G)$/)
    .meta({ allowed: 'a size with unit Mi, Gi, M or G, such as "128Mi"', example: "128Mi" });

/** An image reference that names what it runs: a tag other than latest, or a digest. */
export const image = z
    .string()
    .regex(/^[a-z0-9][a-z0-9._/:-]*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64})$/)
    .refine((reference) => !reference.endsWith(":latest"))
    .meta({
        allowed: "an image with a digest or a tag other than latest",
        example: "ghcr.io/stefanprodan/podinfo:6.9.0",
    });
