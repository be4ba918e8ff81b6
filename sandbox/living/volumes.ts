import { join } from "node:path";
import { fieldOf } from "./environment";
import type { Container, KeyItem, Pod, VolumeSource } from "./objects";

/** A file that a volume puts into a container, to be filled by the agent. */
export interface VolumeFile {
    /** Relative to the pod's folder, which stands for the container's root. */
    readonly path: string;
    readonly content:
        | { readonly text: string }
        | { readonly token: { readonly audience?: string; readonly seconds: number } }
        | {
              readonly object: "configmaps" | "secrets";
              readonly name: string;
              /** Absent: every key, each in a file of its name below `path`. */
              readonly key?: string;
              readonly optional: boolean;
          };
}

/** The files of a container's volumes; folders of empty volumes end with a slash. */
export function volumeFiles(pod: Pod, container: Container): readonly VolumeFile[] {
    return (container.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
        const volume = pod.spec.volumes?.find((candidate) => candidate.name === name);
        if (volume === undefined) return [];
        // A folder that starts with a slash in the container lies below the pod's folder here.
        const folder = join(".", mountPath);
        const sources = [volume, ...(volume.projected?.sources ?? [])];
        return [
            { path: `${folder}/`, content: { text: "" } },
            ...sources.flatMap((source) => sourceFiles(pod, folder, source)),
        ];
    });
}

function sourceFiles(pod: Pod, folder: string, source: VolumeSource): readonly VolumeFile[] {
    const { configMap, secret, downwardAPI, serviceAccountToken } = source;
    return [
        ...(configMap ? objectFiles(folder, "configmaps", configMap.name ?? "", configMap) : []),
        ...(secret
            ? objectFiles(folder, "secrets", secret.secretName ?? secret.name ?? "", secret)
            : []),
        ...(downwardAPI?.items ?? []).map(({ path, fieldRef }) => ({
            path: join(folder, path),
            content: { text: fieldOf(pod, fieldRef?.fieldPath ?? "") },
        })),
        ...(serviceAccountToken
            ? [
                  {
                      path: join(folder, serviceAccountToken.path),
                      content: {
                          token: {
                              seconds: serviceAccountToken.expirationSeconds ?? 3_600,
                              ...(serviceAccountToken.audience === undefined
                                  ? {}
                                  : { audience: serviceAccountToken.audience }),
                          },
                      },
                  },
              ]
            : []),
    ];
}

function objectFiles(
    folder: string,
    object: "configmaps" | "secrets",
    name: string,
    { items, optional = false }: { items?: readonly KeyItem[]; optional?: boolean },
): readonly VolumeFile[] {
    if (items === undefined) return [{ path: folder, content: { object, name, optional } }];
    return items.map(({ key, path }) => ({
        path: join(folder, path),
        content: { object, name, key, optional },
    }));
}
