import { execFileSync } from "node:child_process";

/** The words that a real POSIX shell makes of a command. */
export function parseShell(command: string): string[] {
    const known = cache.get(command);
    if (known !== undefined) {
        return [...known];
    }
    const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
    })
        .split("\0")
        .slice(0, -1);
    cache.set(command, words);
    return [...words];
}

const cache = new Map<string, readonly string[]>();
