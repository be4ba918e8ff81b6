import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const ROOT = join(__dirname, "../..");

/** What the engine hands to a program of a stack: every value a text, objects and lists as JSON. */
export function stackConfig(stack: string): Record<string, string> {
    const file = parse(readFileSync(join(ROOT, `Pulumi.${stack}.yaml`), "utf8")) as {
        config: Record<string, unknown>;
    };
    return Object.fromEntries(
        Object.entries({ ...projectDefaults(), ...file.config }).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}

/** The values that Pulumi.yaml gives to every stack. */
function projectDefaults(): Record<string, unknown> {
    const project = parse(readFileSync(join(ROOT, "Pulumi.yaml"), "utf8")) as {
        name: string;
        config?: Record<string, unknown>;
    };
    return Object.fromEntries(
        Object.entries(project.config ?? {}).flatMap(([key, said]) => {
            const value = valueOf(said);
            const full = key.includes(":") ? key : `${project.name}:${key}`;
            return value === undefined ? [] : [[full, value]];
        }),
    );
}

/** An entry is its value, or an object that may hold a value or a default. */
function valueOf(said: unknown): unknown {
    if (typeof said !== "object" || said === null) {
        return said;
    }
    const entry = said as { value?: unknown; default?: unknown };
    return entry.value ?? entry.default;
}
