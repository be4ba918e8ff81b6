import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { SAIL_SCHEMAS } from "../../components/sail/schema";
import { PROJECT_FOLDER } from "../places";
import { operatorCrds } from "./crds";

const CHART = join(PROJECT_FOLDER, "sandbox", "sail", "chart");

/**
 * Writes the stand-in for the operator's chart into `place`: the real one can't be had without its
 * repository. Its objects are those of the real chart; the operator's image never runs here.
 * @param release the operator's, without `v`.
 * @param versions of Istio that it installs, with their `v`, oldest first.
 * @returns the chart's folder.
 */
export async function writeOperatorChart(
    place: string,
    release: string,
    versions: readonly string[],
): Promise<string> {
    const folder = join(place, "sail-operator");
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(folder, "crds"), { recursive: true });
    await cp(CHART, folder, { recursive: true });
    await writeFile(
        join(folder, "Chart.yaml"),
        stringify({
            apiVersion: "v2",
            name: "sail-operator",
            description: "Stand-in of the sandbox for the Sail Operator's chart",
            version: release,
            appVersion: release,
            kubeVersion: ">=1.27.0-0",
        }),
    );
    for (const crd of operatorCrds(SAIL_SCHEMAS, versions)) {
        await writeFile(
            join(folder, "crds", `${crd.metadata.name}.yaml`),
            stringify(crd, { aliasDuplicateObjects: false }),
        );
    }
    return folder;
}
