/** The project's program, and beside it the objects that a recording asks for. */
import { createRequire } from "node:module";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { extra } from "./extra-objects";

const load = createRequire(__filename);

export = async () => {
    const program = load(join(__dirname, "..", "..", "index.ts")) as () => Promise<object>;
    const outputs = await program();
    const provider = new k8s.Provider("objects", extra.provider);
    new k8s.yaml.v2.ConfigGroup("objects", { objs: [...extra.objects] }, { provider });
    if (extra.objects.length > 0) {
        // A mode that depends on what is made in the same update: no preview can know its id. Its uid would
        // be known, as the API server's dry run makes one up.
        const mode = extra.unknown
            ? new k8s.core.v1.ConfigMap(
                  "source",
                  { metadata: { name: "source", namespace: "default" } },
                  { provider },
              ).id.apply((id) => (id === "" ? "PERMISSIVE" : "STRICT"))
            : "STRICT";
        new k8s.apiextensions.CustomResource(
            "late",
            {
                apiVersion: "security.istio.io/v1",
                kind: "PeerAuthentication",
                metadata: { name: "late", namespace: "default" },
                spec: { mtls: { mode } },
            },
            { provider },
        );
    }
    return outputs;
};
