import { z } from "zod";
import { allowedBy, unwrap } from "../settings/problems";
import type { settingsSchema } from "../settings/schema";

interface Row {
    readonly key: string;
    readonly allowed: string;
    readonly byDefault: string;
    readonly description: string;
}

/** `docs/configuration.md`: every key with what it takes, its default and its meaning. */
export function configurationPage(schema: typeof settingsSchema): string {
    const sections = Object.entries(schema.shape).flatMap(([key, setting]) =>
        section(key, setting),
    );
    return `<!-- Generated from settings/schema.ts by \`npm run docs\`. -->

# Configuration

A stack's settings live in \`Pulumi.<stack>.yaml\` under the namespace \`istio-mesh\`:

\`\`\`yaml
config:
  istio-mesh:dataPlane: ambient
  istio-mesh:cluster:
    name: homelab-cluster
\`\`\`

Set one from the command line with \`pulumi config set dataPlane ambient\`, or one inside an object
with \`pulumi config set --path 'cluster.name' homelab-cluster\`. Every mistake is reported before
anything is changed, all at once, each with its fix; a key that is not on this page is a mistake.
For completion in an editor, start a stack file with
\`# yaml-language-server: $schema=settings/stack-file.schema.json\`.

| key | takes | default | meaning |
| --- | --- | --- | --- |
${sections.map(line).join("\n")}
`;
}

function section(key: string, setting: z.core.$ZodType): Row[] {
    const { schema, meta } = unwrap(setting);
    const own: Row = {
        key,
        allowed: allowedBy(schema, meta),
        byDefault: defaultOf(setting),
        description: meta.description ?? "",
    };
    if (schema instanceof z.ZodObject) {
        return [{ ...own, allowed: "an object" }, ...children(schema, `${key}.`)];
    }
    if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
        return [{ ...own, allowed: "a list" }, ...children(schema.element, `${key}[].`)];
    }
    return [own];
}

function children(schema: z.ZodObject, prefix: string): Row[] {
    const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
    return Object.entries(shape).flatMap(([key, setting]) => section(`${prefix}${key}`, setting));
}

function defaultOf(setting: z.core.$ZodType): string {
    if (setting instanceof z.ZodDefault) {
        const value: unknown = setting.def.defaultValue;
        return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
    }
    if (setting instanceof z.ZodOptional || setting instanceof z.ZodPrefault) {
        return "-";
    }
    return "required";
}

function line({ key, allowed, byDefault, description }: Row): string {
    const cells = [`\`${key}\``, allowed, byDefault, description];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
