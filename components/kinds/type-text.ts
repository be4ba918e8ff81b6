import type { Kind } from "./reduce";
import type { Schema } from "./schema";

/** The TypeScript file with the spec of every kind, and which apiVersion and kind has which. */
export function specsFile(kinds: readonly Kind[]): string {
    const specs = kinds.map(
        (kind) => `/** Spec of ${kind.group}'s ${kind.kind}. */
export interface ${specName(kind)} ${objectType(kind.spec)}`,
    );
    const members = kinds.map(
        (kind) => `"${kind.group}/${kind.versions[0] ?? ""} ${kind.kind}": ${specName(kind)};`,
    );
    return `/* Generated from the CRDs of Istio and the Gateway API by \`npm run kinds\`. */

${specs.join("\n\n")}

/** The spec of each kind, by the apiVersion and kind that a manifest names. */
export interface Specs { ${members.join("\n")} }
`;
}

/** Two groups have a Gateway; the Kubernetes one carries its group's prefix. */
function specName({ group, kind }: Kind): string {
    return group === "gateway.networking.k8s.io" && kind === "Gateway"
        ? "KubernetesGatewaySpec"
        : `${kind}Spec`;
}

function objectType({ properties = {}, required = [], open }: Schema): string {
    const fields = Object.entries(properties).map(
        ([key, inner]) =>
            `readonly ${/^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key)}${required.includes(key) ? "" : "?"}: ${typeOf(inner)};`,
    );
    const rest = open === true ? ["readonly [key: string]: unknown;"] : [];
    return `{ ${[...fields, ...rest].join("\n")} }`;
}

function typeOf(schema: Schema): string {
    if (schema.intOrString === true) {
        return "number | string";
    }
    if (schema.enum !== undefined) {
        return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
    }
    if (schema.type === undefined) {
        return "unknown";
    }
    switch (schema.type) {
        case "string":
        case "boolean":
        case "number":
            return schema.type;
        case "integer":
            return "number";
        case "array":
            return `readonly (${typeOf(schema.items ?? {})})[]`;
        case "object":
            return schema.properties !== undefined
                ? objectType(schema)
                : `Readonly<Record<string, ${typeOf(schema.additionalProperties ?? {})}>>`;
    }
}
