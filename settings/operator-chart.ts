import { z } from "zod";
import { RECOMMENDED_OPERATOR } from "../components/plan/versions";
import { chartRegistry, chartRepository, exactVersion, image } from "./values";

/** Where the Sail Operator's chart comes from. */
export const operatorChart = z.strictObject({
    version: exactVersion.default(RECOMMENDED_OPERATOR).meta({
        description:
            "Release of the operator, without `v`; it decides which Istio can be installed.",
        example: RECOMMENDED_OPERATOR,
    }),
    repository: chartRepository.optional().meta({
        description:
            "Helm repository. Default: the operator's own, when neither `oci` nor `directory` is set.",
        example: "https://istio-ecosystem.github.io/sail-operator",
    }),
    oci: chartRegistry.optional().meta({
        description: "OCI registry that holds the chart sail-operator.",
        example: "oci://registry.example.com/charts",
    }),
    directory: z.string().min(1).optional().meta({
        description: "Local folder of the chart, with its Chart.yaml.",
        allowed: "a path",
        example: "./charts/sail-operator",
    }),
    image: image.optional().meta({
        description: "Image of the operator. Default: the chart's own.",
        example: `quay.io/sail-dev/sail-operator:${RECOMMENDED_OPERATOR}`,
    }),
});
