/**
 * A failure the person at the keyboard can act on: printed without a stack.
 * The first line says what is wrong, the others say what to do.
 */
export class SandboxProblem extends Error {
    override readonly name = "SandboxProblem";

    constructor(what: string, ...fix: readonly string[]) {
        super([what, ...fix.map((line) => `  ${line}`)].join("\n"));
    }
}

/** Whether an error (or what a program printed) says that the disk is full. */
export function saysDiskFull(error: unknown): boolean {
    const text =
        error instanceof Error ? `${errorCode(error) ?? ""} ${error.message}` : String(error);
    return /ENOSPC|no space left on device|EDQUOT|disk quota exceeded/i.test(text);
}

/** The problem to report when writing below `folder` found no room. */
export function diskFull(folder: string, megabytes: number): SandboxProblem {
    return new SandboxProblem(
        `No space left below ${folder}: about ${megabytes} MB are needed.`,
        "Free some space, or set ISTIO_MESH_CACHE (tools) and GOCACHE (Go's build cache) to a folder on a larger disk.",
        "Nothing half-written is kept: start again and it continues with what is still missing.",
    );
}

/** The code of a system error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
    if (!(error instanceof Error) || !("code" in error)) return undefined;
    return typeof error.code === "string" ? error.code : undefined;
}

/** One readable sentence for anything thrown. */
export function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error);
}
