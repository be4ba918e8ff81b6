import type { TrafficSettings } from "../../settings/traffic";

/** A service with what it is told about its traffic. */
export type Service = TrafficSettings;

/** A service's name that holds in every namespace. */
export function fullHost(name: string, namespace: string): string {
    return `${name}.${namespace}.svc.cluster.local`;
}

/** Name of the Service that stands for one version, where routes can't name subsets. */
export function versionService({ service }: Service, version: string): string {
    return `${service}-${version}`;
}

/** Requests with a header, or all others, and the versions that they go to. */
export interface Split {
    readonly header?: { readonly name: string; readonly value: string };
    /** Empty where there are no versions: then the service itself answers. */
    readonly shares: readonly { readonly version: string; readonly weight: number }[];
}

/** How requests are split, in the order in which proxies ask: headers first. */
export function splits({ versions }: Service): readonly Split[] {
    const byHeader = versions.flatMap(({ name, header }): Split[] =>
        header === undefined ? [] : [{ header, shares: [{ version: name, weight: 1 }] }],
    );
    const shares = versions
        .filter(({ weight }) => weight > 0)
        .map(({ name, weight }) => ({ version: name, weight }));
    return [...byHeader, { shares }];
}
