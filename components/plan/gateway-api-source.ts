import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { setCommand } from "../../settings/commands";
import type { GatewayApiSettings } from "../../settings/gateway-api";
import type { Problem } from "../../settings/problems";

/** Where the Gateway API's bundle of a version is: its release, or a local directory of files. */
export function gatewayApiFiles(
    source: Pick<GatewayApiSettings, "version" | "channel" | "directory">,
): string[] {
    return source.directory === undefined
        ? [
              `https://github.com/kubernetes-sigs/gateway-api/releases/download/v${source.version}/${source.channel}-install.yaml`,
          ]
        : [resolve(source.directory, "*.yaml")];
}

/** What is wrong with a local bundle: without YAML files nothing at all would be installed. */
export function bundleProblems({ owner, directory }: GatewayApiSettings): readonly Problem[] {
    return owner !== "managed" || directory === undefined || hasYaml(directory)
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
