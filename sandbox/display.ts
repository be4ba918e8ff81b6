import { withoutRepeats } from "./failure";

/** The engine warns of the program that the sandbox itself puts on its PATH: nothing to act on. */
export const OWN_HOST = "using pulumi-analyzer-policy-nodejs from $PATH";

/**
 * Keeps what the engine prints readable in a log: the engine repeats a resource's line each time it looks at
 * it, this shows a line when it says something new.
 */
export class Display {
    private rest = "";
    /** Lines of the diagnostics, held back until they are complete. */
    private diagnostics: string[] = [];
    private readonly last = new Map<string, string>();

    constructor(private readonly write: (text: string) => void) {}

    /** Takes what the engine printed, in pieces of any size. */
    readonly take = (text: string): void => {
        const lines = (this.rest + text).split("\n");
        this.rest = lines.pop() ?? "";
        for (const line of lines) this.show(line);
    };

    /** Shows what is still held back, when the engine has ended. */
    end(): void {
        for (const line of withoutRepeats(this.diagnostics)) this.write(`${line}\n`);
        this.diagnostics = [];
    }

    private show(line: string): void {
        const plain = withoutColour(line);
        const begins = plain === "Diagnostics:";
        if (/^\S/.test(plain)) this.end();
        if (begins || (this.diagnostics.length > 0 && !plain.includes(OWN_HOST))) {
            this.diagnostics.push(line);
        } else if (this.isNews(line)) this.write(`${line}\n`);
    }

    private isNews(line: string): boolean {
        const plain = withoutColour(line);
        if (/^@ [\w ]+\.+$/.test(plain) || plain.includes(OWN_HOST)) return false;
        const [, resource, said] = /^ (?: |[+\-~=<>]{1,2}) +(\S+:\S+ \S+) (.*)$/.exec(plain) ?? [];
        if (resource === undefined || said === undefined) return true;
        const news = said.replace(/\(\d+(\.\d+)?(ms|s|m\d*s?)\)/, "").trim();
        if (
            this.last.get(resource) === news ||
            (/^(creating|updating|deleting|refreshing)$/.test(news) && this.last.has(resource))
        ) {
            return false;
        }
        this.last.set(resource, news);
        return true;
    }
}

function withoutColour(line: string): string {
    // The escape character is what starts a terminal's colour sequence.
    return line.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "").trimEnd();
}
