import { z } from "zod";
import {
    ISTIO_MINORS,
    RECOMMENDED_ISTIO,
    SUPPORTED_MINORS,
    minorOf,
} from "../components/plan/versions";
import { repairs } from "./suggestions";

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

/** What is left of a text when all that a name can't hold becomes a dash. */
function slug(text: string): string | undefined {
    const name = text
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .slice(0, 63)
        .replace(/^-+|-+$/g, "");
    return name === "" ? undefined : name;
}

/** The same, led by a letter and no longer than a name may be. */
function ledSlug(text: string, lead: string, length: number): string | undefined {
    const name = slug(text);
    const led = name === undefined || /^[a-z]/.test(name) ? name : `${lead}-${name}`;
    return led?.slice(0, length).replace(/-+$/, "");
}

/** A name that Kubernetes takes as a label of DNS. */
export const dnsLabel = z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/)
    .meta({
        allowed:
            "a text of lower-case letters, digits and dashes, at most 63, no dash at either end",
        example: "my-name",
    })
    .register(repairs, { repair: slug });

/**
 * A name that a Service takes too, which must not start with a digit, and a Helm release, which
 * holds 53 characters.
 */
export const objectName = z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,51}[a-z0-9])?$/)
    .meta({
        allowed:
            "a lower-case letter first, then lower-case letters, digits and dashes, at most 53, no dash at the end",
        example: "my-name",
    })
    .register(repairs, {
        repair: (given) => ledSlug(given, "app", 53),
    });

/** A control plane's name: its revisions, `<name>-v1-31-3`, name Services in turn. */
export const controlPlaneName = z
    .string()
    .regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/)
    .meta({
        allowed:
            "a lower-case letter first, then lower-case letters, digits and dashes, at most 30, no dash at the end",
        example: "default",
    })
    .register(repairs, { repair: (given) => ledSlug(given, "mesh", 30) });

/** A cluster's name that survives every chart, quoted or not. */
export const clusterName = z
    .string()
    .regex(/^[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/)
    .refine((name) => !YAML_WORDS.has(name.toLowerCase()))
    .meta({
        allowed:
            "a letter first, then letters, digits and dashes, at most 63, and no word that YAML reads as a boolean or null",
        example: "cluster1",
    })
    .register(repairs, {
        repair: (given) => {
            const name = slug(given);
            const led =
                name === undefined || (/^[a-z]/.test(name) && !YAML_WORDS.has(name))
                    ? name
                    : `cluster-${name}`;
            return led?.slice(0, 63).replace(/-+$/, "");
        },
    });

/** The root of every identity in the mesh. */
export const trustDomain = z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/)
    .max(255)
    .meta({
        allowed: "a lower-case domain name of at most 255 characters",
        example: "cluster.local",
    })
    .register(repairs, {
        repair: (given) => {
            const [domain] = /[a-z0-9]([a-z0-9.-]*[a-z0-9])?/.exec(
                given.toLowerCase().replace(/^\w+:\/\//, ""),
            ) ?? [undefined];
            return domain !== undefined && domain.length <= 255 ? domain : undefined;
        },
    });

const EXACT = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** The exact version in a text that only wraps it in a `v`. */
function withoutV(given: string): string | undefined {
    const version = given.trim().replace(/^[vV]/, "");
    return EXACT.test(version) ? version : undefined;
}

/** An exact version of three numbers. */
export const exactVersion = z
    .string()
    .regex(EXACT)
    .meta({ allowed: "an exact version without v" })
    .register(repairs, { repair: withoutV });

const versionForm = `an exact Istio release of the form ${RECOMMENDED_ISTIO}: no v, no alias, no range`;

/** An Istio release that may be installed today. */
export const istioVersion = z
    .string()
    .superRefine((version, context) => {
        const fail = (allowed: string) => {
            context.addIssue({ code: "custom", params: { allowed } });
        };
        if (!EXACT.test(version)) {
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
    .meta({ allowed: versionForm, example: RECOMMENDED_ISTIO })
    .register(repairs, {
        repair: (given) => {
            const [minor] = /(?<=^v?)\d+\.\d+(?!\d)/i.exec(given.trim()) ?? [];
            if (minor === undefined || !SUPPORTED_MINORS.includes(minor)) {
                return RECOMMENDED_ISTIO;
            }
            // Nobody should change the minor to mend how it is written.
            return (
                withoutV(given) ??
                (minor === minorOf(RECOMMENDED_ISTIO) ? RECOMMENDED_ISTIO : `${minor}.<patch>`)
            );
        },
    });

/** A whole number within bounds, named as the reader of an error should see them. */
export function quantityCount(min: number, max: number, allowed: string, example: number) {
    return z.int().min(min).max(max).meta({ allowed, example });
}

/** A CPU request as Kubernetes writes it: cores or millicores, above zero. */
export const cpu = z
    .string()
    .regex(/^(?=.*[1-9])(\d+m|\d+(\.\d{1,3})?)$/)
    .meta({
        allowed: 'cores or millicores above zero, as text, such as "500m" or "2"',
        example: "500m",
    });

/** A memory request as Kubernetes writes it, with a unit, above zero. */
export const memory = z
    .string()
    .regex(/^[1-9]\d*(Mi|Gi|M|G)$/)
    .meta({
        allowed: 'a whole number above zero with unit Mi, Gi, M or G, such as "128Mi"',
        example: "128Mi",
    })
    .register(repairs, {
        repair: (given) => {
            const [, number, unit = "mi"] = /^([1-9]\d*)\s*([mg]i?)?b?$/i.exec(given.trim()) ?? [];
            return number === undefined
                ? undefined
                : `${number}${unit.slice(0, 1).toUpperCase()}${unit.slice(1).toLowerCase()}`;
        },
    });

/** An image, or the registry and path before it, without tag and digest. */
const UNTAGGED = /^[a-z0-9][a-z0-9._-]*(:\d+(?=\/))?(\/[a-z0-9._-]+)*$/;

/** An image reference that names what it runs: a tag other than latest, or a digest. */
export const image = z
    .string()
    .regex(
        /^[a-z0-9][a-z0-9._-]*(:\d+(?=\/))?(\/[a-z0-9._-]+)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    )
    .refine((reference) => !UNTAGGED.test(reference) && !reference.endsWith(":latest"))
    .meta({
        allowed: "an image with a digest or a tag other than latest",
        example: "ghcr.io/stefanprodan/podinfo:6.9.0",
    })
    .register(repairs, {
        repair: (given) => {
            const untagged = given.replace(/@.*$/, "").replace(/:(latest)?$/, "");
            return UNTAGGED.test(untagged) ? `${untagged}:<tag>` : undefined;
        },
    });

/** Where every Istio image is pulled from: a registry, perhaps with a port and a path. */
export const imageHub = z
    .string()
    .regex(UNTAGGED)
    .meta({ allowed: "an image registry and path without a tag", example: "docker.io/istio" })
    .register(repairs, {
        repair: (given) => {
            const hub = given
                .toLowerCase()
                .replace(/^https?:\/\//, "")
                .replace(/\/+$/, "")
                .replace(/(?<=\/[^/]*):[^/]*$/, "");
            return UNTAGGED.test(hub) ? hub : undefined;
        },
    });

const HOST_AND_PATH = /^[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(:\d+)?(\/[^\s/]+)*$/i;

/** Puts a scheme before what is a host and path but for it. */
function withScheme(scheme: string, given: string): string | undefined {
    const rest = given
        .trim()
        .replace(/^\w+:\/\//, "")
        .replace(/\/+$/, "");
    return HOST_AND_PATH.test(rest) ? `${scheme}://${rest}` : undefined;
}

/** A Helm repository. */
export const chartRepository = z
    .url({ protocol: /^https?$/ })
    .meta({
        allowed: "an http or https URL",
        example: "https://blob.istio.io/istio-release/charts",
    })
    .register(repairs, { repair: (given) => withScheme("https", given) });

/** An OCI registry that holds charts. */
export const chartRegistry = z
    .string()
    .regex(/^oci:\/\/[^\s/]+(\/[^\s/]+)*$/)
    .meta({
        allowed: "an oci:// URL without a trailing slash",
        example: "oci://ghcr.io/istio/release/charts",
    })
    .register(repairs, { repair: (given) => withScheme("oci", given) });
