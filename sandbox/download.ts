import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Download } from "./catalog";
import { run } from "./processes";

/** Milliseconds until a host that does not answer counts as out of reach. */
const REACH_TIMEOUT = 4_000;
/** Milliseconds for a whole download, about 100 MB. */
const DOWNLOAD_TIMEOUT = 10 * 60_000;

/**
 * Which of these addresses answer at all, asked together and once: a closed network costs seconds, not
 * minutes. Any HTTP answer counts.
 */
export async function reachable(urls: readonly string[]): Promise<ReadonlySet<string>> {
    const answers = await Promise.all(
        urls.map(async (url) => {
            try {
                await fetch(url, {
                    method: "HEAD",
                    redirect: "manual",
                    signal: AbortSignal.timeout(REACH_TIMEOUT),
                });
                return [url];
            } catch {
                return [];
            }
        }),
    );
    return new Set(answers.flat());
}

/** The server part of an address: `https://dl.k8s.io`. */
export function originOf(url: string): string {
    return new URL(url).origin;
}

/**
 * Downloads a tool into `folder`, which must be a fresh one: checks its published sum, unpacks it and
 * leaves the program in it under the tool's own name.
 * @throws Error with the address and the reason when it can't be had or isn't what was published.
 */
export async function downloadTool(
    tool: { readonly name: string },
    download: Download,
    folder: string,
): Promise<void> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `download-${basename(download.url)}`);
    await save(download.url, file);
    if (download.checksumUrl !== undefined) {
        const wanted = checksumIn(await text(download.checksumUrl), basename(download.url));
        const got = await sha256(file);
        if (wanted !== got) {
            throw new Error(
                `${download.url} has SHA-256 ${got}, published is ${wanted ?? "none for it"}`,
            );
        }
    }
    const program = join(folder, tool.name);
    if (download.archiveFolder === undefined) {
        await rename(file, program);
    } else {
        const depth = download.archiveFolder === "." ? [] : ["--strip-components=1"];
        const { code, stderr } = await run("tar", ["-xzf", file, "-C", folder, ...depth]);
        if (code !== 0) throw new Error(`tar cannot unpack ${download.url}: ${stderr.trim()}`);
        await rm(file);
    }
    await chmod(program, 0o755);
}

async function save(url: string, file: string): Promise<void> {
    const response = await get(url);
    if (response.body === null) throw new Error(`${url} answered with nothing`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file));
}

async function text(url: string): Promise<string> {
    return (await get(url)).text();
}

async function get(url: string): Promise<Response> {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT) });
    if (!response.ok) throw new Error(`${url} answered ${response.status} ${response.statusText}`);
    return response;
}

async function sha256(file: string): Promise<string> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    return hash.digest("hex");
}

/** Finds the SHA-256 of `file` in a published sum: a bare sum, or lines of `<sum>  <file>`. */
export function checksumIn(published: string, file: string): string | undefined {
    const lines = published
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/));
    const named = lines.find((words) => words[1]?.replace(/^\*/, "") === file);
    const sum =
        named?.[0] ?? (lines.length === 1 && lines[0]?.length === 1 ? lines[0][0] : undefined);
    return sum !== undefined && /^[0-9a-f]{64}$/i.test(sum) ? sum.toLowerCase() : undefined;
}
