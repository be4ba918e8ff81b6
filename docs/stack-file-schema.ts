import { z } from "zod";
import { PROJECT } from "../settings/problems";
import type { settingsSchema } from "../settings/schema";

/** JSON Schema of a `Pulumi.<stack>.yaml`, so that editors complete keys and mark mistakes. */
export function stackFileSchema(schema: typeof settingsSchema): string {
    const settings = z.toJSONSchema(schema, {
        io: "input",
        override: ({ jsonSchema }) => {
            // Ours, for messages and docs; JSON Schema has a word of its own for examples.
            if (jsonSchema["example"] !== undefined) {
                jsonSchema.examples = [jsonSchema["example"]];
            }
            delete jsonSchema["allowed"];
            delete jsonSchema["example"];
        },
    });
    const properties = Object.fromEntries(
        Object.entries(settings.properties ?? {}).map(([key, value]) => [
            `${PROJECT}:${key}`,
            value,
        ]),
    );
    return JSON.stringify({
        $schema: settings.$schema,
        title: "A stack of istio-mesh",
        type: "object",
        properties: {
            config: {
                type: "object",
                properties,
                // Other namespaces are other people's; a misspelt key of ours is a mistake.
                patternProperties: { [`^(?!${PROJECT}:)`]: {} },
                additionalProperties: false,
            },
        },
    });
}
