import { lastWith, LONGEST } from "./log-tail";

/** How istiod begins to say so, after time and level. */
const COMPLAINT = "invalid mesh config";

/** A mesh configuration as its ConfigMap has it. */
export interface WrittenConfig {
    readonly content: string;
    /** When anybody last wrote it, in milliseconds since 1970. The API server knows whole seconds. */
    readonly at: number;
}

/**
 * What one istiod says of a mesh configuration that it ignores. It starts and stays ready with such a one, on what
 * it knew before or on its defaults, and writes nothing when it takes the next one: so a complaint is remembered
 * with the content that it is about, and holds for as long as that content is there.
 */
export class IgnoredConfig {
    private line = "";
    private about: string | undefined;

    /** istiod's complaint about `config`, by its log up to now; empty when it has none. */
    in(log: string, config: WrittenConfig): string {
        const line = lastIn(log);
        if (line !== this.line) {
            this.line = line;
            // A complaint from before the last change is about what was there then.
            const said = Date.parse(line.split("\t")[0] ?? "");
            this.about = said >= config.at ? config.content : undefined;
        }
        if (this.about !== config.content) return "";
        return line.slice(line.indexOf(COMPLAINT)).slice(0, LONGEST);
    }
}

/** Whether an istiod ever ignored a mesh configuration, by its log. */
export function hasIgnored(log: string): boolean {
    return lastIn(log) !== "";
}

function lastIn(log: string): string {
    return lastWith(log, `\t${COMPLAINT}`);
}
