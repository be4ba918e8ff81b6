import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { setCommand } from "../../settings/commands";
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";

/** Where the Gateway API's bundle of a version is: its release, or a local directory of files. */
export function gatewayApiFiles(source: {
    readonly version: string;
    readonly directory?: string | undefined;
}): string[] {
    return source.directory === undefined
        ? [
              `https://github.com/kubernetes-sigs/gateway-api/releases/download/v${source.version}/standard-install.yaml`,
          ]
        : [resolve(source.directory, "*.yaml")];
}

/** What is wrong with a local bundle: without YAML files nothing at all would be installed. */
export function bundleProblems({ owner, directory }: Settings["gatewayApi"]): readonly Problem[] {
    return owner === "external" || directory === undefined || hasYaml(directory)
        ? []
        : [
              {
                  path: ["gatewayApi", "directory"],
                  given: `${JSON.stringify(directory)}: no .yaml file in ${resolve(directory)}`,
                  allowed: "a directory with the bundle's YAML files",
                  fix: setCommand(["gatewayApi", "directory"], "<path>"),
              },
          ];
}

function hasYaml(directory: string): boolean {
    try {
        return readdirSync(directory).some((file) => file.endsWith(".yaml"));
    } catch {
        return false;
    }
}
