/** A path into the settings: keys and list positions. */
export type SettingPath = readonly (string | number)[];

/** The namespace of the project's config keys. */
export const PROJECT = "istio-mesh";

/** A path as `pulumi config set --path` takes it: `istio-mesh:namespaces[0].name`. */
export function pathText(path: SettingPath): string {
    const steps = path.map((step, i) => {
        if (typeof step === "number") {
            return `[${step}]`;
        }
        if (i === 0) {
            return step;
        }
        return /^[A-Za-z0-9_-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
    });
    return `${PROJECT}:${steps.join("")}`;
}

/**
 * The command that writes a value at a path. A placeholder such as `<context>` stays bare, so that
 * the shell refuses the command until somebody has filled it in.
 */
export function setCommand(path: SettingPath, value: string | number | boolean): string {
    const word = shellWord(String(value));
    if (path.length === 1) {
        return `pulumi config set ${shellWord(pathText(path))} ${word}`;
    }
    // Below the top level the CLI would store these texts as a number or boolean.
    const looksTyped = typeof value === "string" && /^(-?\d+|true|false)$/.test(value);
    return `pulumi config set --path${looksTyped ? " --type string" : ""} ${quoted(pathText(path))} ${word}`;
}

/** The command that takes a key away. */
export function removeCommand(path: SettingPath): string {
    return path.length === 1
        ? `pulumi config rm ${shellWord(pathText(path))}`
        : `pulumi config rm --path ${quoted(pathText(path))}`;
}

/** A word that a POSIX shell hands over unchanged. */
function shellWord(text: string): string {
    const isPlain = /^[A-Za-z0-9_./:@~-]+$/.test(text);
    const hasPlaceholder = /^[A-Za-z0-9_./:@-]*<[a-z-]+>$/.test(text);
    // A tilde is left for the program, which knows what it means wherever the shell runs.
    return (isPlain && !text.startsWith("~")) || hasPlaceholder ? text : quoted(text);
}

function quoted(text: string): string {
    return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
