/** Kinds of the tools that watch a mesh, as far as rules read them. */
import type { ObjectMeta } from "./kubernetes";

export interface Kiali {
    metadata?: ObjectMeta;
    spec?: { auth?: { strategy?: string } };
}
