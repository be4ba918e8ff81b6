import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ClusterApi } from "./cluster-api";
import { lines } from "./environment";
import type { Container, Pod } from "./objects";
import { volumeFiles } from "./volumes";
import type { VolumeFile } from "./volumes";

/** Milliseconds between two looks at what a pod's ConfigMaps and Secrets hold, as long as kubelet takes. */
const REFRESH = 30_000;

/** What a pod's containers see as their root: the files of their volumes, kept up to date. */
export class PodFolder {
    private readonly renewals = new Map<string, number>();
    private refreshAt = 0;

    constructor(
        readonly path: string,
        private readonly pod: Pod,
        private readonly containers: readonly Container[],
        private readonly api: ClusterApi,
        /** Takes the place of the pod's annotations in the downward API's file. */
        private readonly annotations?: Readonly<Record<string, string>>,
    ) {}

    /** Where a path of the container lies. */
    inside(path: string): string {
        return join(this.path, path);
    }

    /** Begins with an empty folder: what an earlier process left must not be taken for its own. */
    async create(): Promise<void> {
        await rm(this.path, { recursive: true, force: true });
        await mkdir(this.path, { recursive: true, mode: 0o700 });
        this.renewals.clear();
        this.refreshAt = 0;
        await this.refresh();
    }

    /**
     * Writes what is new: other contents of ConfigMaps and Secrets, tokens before they expire.
     * @throws Error when an object that is not optional is missing.
     */
    async refresh(): Promise<void> {
        const all = Date.now() >= this.refreshAt;
        for (const file of this.containers.flatMap((one) => volumeFiles(this.pod, one))) {
            if ("token" in file.content) await this.writeToken(file.path, file.content.token);
            else if (all) await this.write(file);
        }
        if (all) this.refreshAt = Date.now() + REFRESH;
    }

    private async writeToken(
        path: string,
        { audience, seconds }: { audience?: string; seconds: number },
    ): Promise<void> {
        if (Date.now() < (this.renewals.get(path) ?? 0)) return;
        const { token, renewAt } = await this.api.token(this.pod, seconds, audience);
        await this.put(path, token);
        this.renewals.set(path, renewAt);
    }

    private async write({ path, content }: VolumeFile): Promise<void> {
        if (path.endsWith("/")) {
            await mkdir(this.inside(path), { recursive: true });
            return;
        }
        if ("text" in content) {
            const replaced = path.endsWith("/annotations") && this.annotations !== undefined;
            await this.put(path, replaced ? lines(this.annotations) : content.text);
            return;
        }
        if ("token" in content) return;
        const { object, name, key, optional } = content;
        const namespace = this.pod.metadata.namespace ?? "";
        const data = await this.api.data(object, namespace, name);
        const missing = data === undefined ? name : key !== undefined && !(key in data) ? key : "";
        if (missing !== "") {
            if (optional) return;
            throw new Error(`waiting for ${missing} of ${object} ${namespace}/${name}`);
        }
        for (const [each, value] of Object.entries(data ?? {})) {
            if (key === undefined) await this.put(join(path, each), value);
            else if (each === key) await this.put(path, value);
        }
    }

    private async put(path: string, content: string | Buffer): Promise<void> {
        const file = this.inside(path);
        const old = await readFile(file).catch(() => undefined);
        if (old?.equals(Buffer.from(content)) === true) return;
        await mkdir(dirname(file), { recursive: true });
        // In one step, as kubelet does: who watches the file must never read half of it.
        const draft = this.inside(".draft");
        await writeFile(draft, content, { mode: 0o600 });
        await rename(draft, file);
    }
}
