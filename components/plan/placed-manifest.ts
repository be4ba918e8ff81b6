/** An object of a user's own YAML, and where it is. */
import type { Problem } from "../../settings/problems";
import type { Manifest } from "../kinds";

/** An object of a file. */
export interface Placed {
    readonly object: Manifest;
    /** The setting that names its file. */
    readonly path: Problem["path"];
    /** Where a part of it is, as `file:line`; without one, its name. */
    readonly lineOf: (inside?: string) => string;
}

/** Where a route leads. */
export interface Destination {
    readonly host?: string;
    readonly subset?: string;
}

/** One destination of several. */
export interface Weighted {
    readonly weight?: number;
    readonly destination?: Destination;
}

/** What of a VirtualService is read. */
export interface Routes {
    readonly hosts?: readonly string[];
    readonly gateways?: readonly string[];
    readonly exportTo?: readonly string[];
    readonly http?: readonly { readonly route?: readonly Weighted[] }[];
    readonly tcp?: readonly { readonly route?: readonly Weighted[] }[];
    readonly tls?: readonly { readonly route?: readonly Weighted[] }[];
}

/** The routes of a VirtualService. */
export const routesIn = ({ spec }: Manifest): Routes => spec as Routes;

/** `Kind namespace/name`. */
export function named({ kind, metadata }: Manifest): string {
    return `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
}
