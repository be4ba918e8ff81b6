import { z } from "zod";

/** The section `manifests` of a stack's config. */
export const manifests = z
    .array(
        z.string().min(1).meta({
            allowed: "the path of a YAML file, or of a folder of them",
            example: "./mesh",
        }),
    )
    .default([])
    .meta({
        description:
            "YAML files, or folders of them, with objects of Istio and the Gateway API; checked against their CRDs and the rest of the stack before anything is changed.",
    });
