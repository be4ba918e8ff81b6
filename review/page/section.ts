import type { Block } from "./blocks";

/** A part of a page that can be shortened. */
export interface Section {
    readonly title: string;
    /** The higher, the later it is cut. */
    readonly importance: number;
    /** How many items it has. */
    readonly size: number;
    /** Its blocks with at most so many items; what remains with none must be short. */
    readonly render: (limit: number) => readonly Block[];
}
