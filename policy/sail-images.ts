/** Where Sail's objects say which images run. */
import type { Found } from "./found";

/** A setting and its value, as a message names them. */
export interface Given {
    readonly field: string;
    readonly value: string;
}

/** What an object says of its images; only what is set. */
export interface ImageSettings {
    /** Registries with their path, such as `docker.io/istio`. */
    readonly hubs: readonly Given[];
    readonly tags: readonly Given[];
    /** Whole references; a bare name is completed by hub and tag, and left out here. */
    readonly images: readonly Given[];
}

interface Values {
    hub?: string;
    tag?: string | number;
    image?: string;
}

export function imageSettings(
    found: Found<"istio"> | Found<"istioCni"> | Found<"ztunnel">,
): ImageSettings {
    const sections = sectionsOf(found).filter(
        (section): section is [string, Values] => section[1] !== undefined,
    );
    const each = (read: (values: Values) => string | number | undefined, key: string): Given[] =>
        sections.flatMap(([name, values]) => {
            const value = read(values);
            return value === undefined
                ? []
                : [{ field: `spec.values.${name}.${key}`, value: String(value) }];
        });
    return {
        hubs: each(({ hub }) => hub, "hub"),
        tags: each(({ tag }) => tag, "tag"),
        images: each(({ image }) => image, "image").filter(({ value }) => value.includes("/")),
    };
}

function sectionsOf(
    found: Found<"istio"> | Found<"istioCni"> | Found<"ztunnel">,
): [string, Values | undefined][] {
    if (found.kind === "istio") {
        const { values } = found.object.spec ?? {};
        return [
            ["global", values?.global],
            ["pilot", values?.pilot],
        ];
    }
    if (found.kind === "istioCni") {
        const { values } = found.object.spec ?? {};
        return [
            ["global", values?.global],
            ["cni", values?.cni],
        ];
    }
    const { values } = found.object.spec ?? {};
    return [
        ["global", values?.global],
        ["ztunnel", values?.ztunnel],
    ];
}
