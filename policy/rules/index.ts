/** Every rule of the pack, by family. A new rule is a file in its family's folder and a line in its index. */
import type { Rule } from "../rule";
import { ambient } from "./ambient";
import { authorization } from "./authorization";
import { availability } from "./availability";
import { gateways } from "./gateways";
import { identity } from "./identity";
import { injection } from "./injection";
import { lifecycle } from "./lifecycle";
import { mtls } from "./mtls";
import { resources } from "./resources";
import { secrets } from "./secrets";
import { supplyChain } from "./supply-chain";
import { traffic } from "./traffic";
import { versions } from "./versions";

/** A family is a folder: how many run, who joins the mesh, and so on. */
export const families: Readonly<Record<string, readonly Rule[]>> = {
    ambient,
    authorization,
    availability,
    gateways,
    identity,
    injection,
    lifecycle,
    mtls,
    resources,
    secrets,
    "supply-chain": supplyChain,
    traffic,
    versions,
};

export const rules: readonly Rule[] = Object.values(families).flat();
