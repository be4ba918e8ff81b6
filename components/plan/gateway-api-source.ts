import { resolve } from "node:path";

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
