import { CLASS_MEANINGS, gravest, riskOf } from "../classes/classes";
import type { Stage } from "../meaning/order";
import { plural } from "./plural";

/** The order as a Mermaid flow chart, each stage in the colour of its risk. */
export function orderPicture(stages: readonly Stage[]): string {
    const nodes = stages.map(({ title, objects, classes }, index) => {
        const what = CLASS_MEANINGS[gravest(classes)].title;
        return `    s${index}["${title}<br/>${plural(objects.length, "object")}: ${what}"]:::${riskOf(classes)}`;
    });
    const arrows = stages.slice(1).map((_, index) => `    s${index} --> s${index + 1}`);
    return [
        "flowchart LR",
        ...nodes,
        ...arrows,
        "    classDef none fill:#f6f8fa,stroke:#8c959f,color:#1f2328",
        "    classDef low fill:#ddf4ff,stroke:#0969da,color:#1f2328",
        "    classDef medium fill:#fff8c5,stroke:#9a6700,color:#1f2328",
        "    classDef high fill:#ffebe9,stroke:#cf222e,color:#1f2328",
    ].join("\n");
}
