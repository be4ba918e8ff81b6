import { object, protectedFromDelete, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const secret = (name: string) => object("secret", `istio-system/${name}`);
const lost = (name: string) =>
    `Secret "istio-system/${name}" holds the mesh's CA and goes with the stack; set protect: true.`;

export const table: RuleTable = {
    allowed: {
        "a protected CA": protectedFromDelete(secret("cacerts")),
        "another Secret": secret("token"),
    },
    denied: {
        "a plugged-in CA": [secret("cacerts"), [lost("cacerts")]],
        "istiod's own": [secret("istio-ca-secret"), [lost("istio-ca-secret")]],
    },
    unknown: {
        "a name that isn't known yet": [
            object("secret", "istio-system/s", { metadata: { name: unknown.string } }),
            ["string value at .metadata.name can't be known during preview"],
        ],
    },
    config: {
        names: [
            {
                value: ["root"],
                objects: [secret("root"), secret("cacerts")],
                messages: [lost("root")],
            },
        ],
    },
};
