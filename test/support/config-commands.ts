/** Does to a config what `pulumi config set` and `pulumi config rm` do, as seen with 3.246. */
import { parseShell } from "./shell";

type Container = Record<string | number, unknown>;

/** The config after one command. */
export function run(
    command: string,
    config: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
    const words = parseShell(command);
    const [, , verb] = words;
    const isPath = words.includes("--path");
    const isText = words.includes("--type");
    const [key = "", value = ""] = words.slice(3).filter((word, i, rest) => {
        return !word.startsWith("--") && rest[i - 1] !== "--type";
    });
    const steps = isPath ? stepsOf(key) : [key.replace(/^istio-mesh:/, "")];
    const next = structuredClone(config) as Record<string, unknown>;
    const last = steps.pop()!;
    let here = next as Container;
    steps.forEach((step, i) => {
        const following = steps[i + 1] ?? last;
        const inside = here[step] ?? (typeof following === "number" ? [] : {});
        here[step] = inside;
        here = inside as Container;
    });
    if (Array.isArray(here) && (typeof last !== "number" || last > here.length)) {
        throw new Error(`${key}: array index out of range`);
    }
    if (verb === "set") {
        here[last] = isPath && !isText ? typed(value) : value;
    } else if (Array.isArray(here)) {
        here.splice(Number(last), 1);
    } else {
        Reflect.deleteProperty(here, last);
    }
    return next;
}

/** Below the top level, whole numbers and booleans are stored as such. */
function typed(value: string): unknown {
    return /^(-?\d+|true|false)$/.test(value) ? JSON.parse(value) : value;
}

function stepsOf(key: string): (string | number)[] {
    const tokens = key
        .replace(/^istio-mesh:/, "")
        .matchAll(/\.?([\w-]+)|\[(\d+)\]|\[("(?:\\.|[^"\\])*")\]/g);
    return [...tokens].map(([, name, position, quoted]) =>
        position === undefined
            ? (name ?? (JSON.parse(quoted ?? '""') as string))
            : Number(position),
    );
}
