import { table } from "./table";

const OPERATOR = "charts.operator.version";
const SAIL = { installMethod: "sail" };

table("checkSettings, of what Sail can't install", [
    [
        "an Istio newer than the operator, naming the operator to move to first",
        { ...SAIL, charts: { operator: { version: "1.30.3" } } },
        [
            "istioVersion",
            '"1.31.3", with operator 1.30.3',
            "1.30.0 to 1.30.3: what that operator installs",
            `pulumi config set --path 'istio-mesh:${OPERATOR}' 1.31.2`,
        ],
    ],
    [
        "a patch that no operator installs yet",
        { ...SAIL, istioVersion: "1.31.4" },
        [
            "istioVersion",
            '"1.31.4", with operator 1.31.2',
            "1.30.0 to 1.30.7 and 1.31.0 to 1.31.3: what that operator installs",
            "pulumi config set istio-mesh:istioVersion 1.31.3",
        ],
    ],
    [
        "a patch that the older operator lacks",
        { ...SAIL, istioVersion: "1.30.4", charts: { operator: { version: "1.30.3" } } },
        [
            "istioVersion",
            '"1.30.4", with operator 1.30.3',
            "1.30.0 to 1.30.3: what that operator installs",
            `pulumi config set --path 'istio-mesh:${OPERATOR}' 1.31.2`,
        ],
    ],
    [
        "a canary that the operator doesn't install",
        {
            ...SAIL,
            istioVersion: "1.30.3",
            charts: { operator: { version: "1.30.3" } },
            update: { strategy: "RevisionBased", canary: "1.31.3" },
        },
        [
            "update.canary",
            '"1.31.3", with operator 1.30.3',
            "1.30.0 to 1.30.3: what that operator installs",
            `pulumi config set --path 'istio-mesh:${OPERATOR}' 1.31.2`,
        ],
    ],
    [
        "an operator that this program doesn't know",
        { ...SAIL, charts: { operator: { version: "1.32.0" } } },
        [
            OPERATOR,
            '"1.32.0"',
            '"1.30.0", "1.30.3", "1.31.2": the releases known to this program (components/plan/versions.ts)',
            `pulumi config set --path 'istio-mesh:${OPERATOR}' 1.31.2`,
        ],
    ],
    [
        "an operator written with its v, though the objects have one",
        { ...SAIL, charts: { operator: { version: "v1.31.2" } } },
        [
            OPERATOR,
            '"v1.31.2"',
            "an exact version without v",
            `pulumi config set --path 'istio-mesh:${OPERATOR}' 1.31.2`,
        ],
    ],
    [
        "the alias that would move with the operator",
        { ...SAIL, istioVersion: "v1.31-latest" },
        [
            "istioVersion",
            '"v1.31-latest"',
            "an exact Istio release of the form 1.31.3: no v, no alias, no range",
            "pulumi config set istio-mesh:istioVersion 1.31.3",
        ],
    ],
    [
        "a version as the objects spell it",
        { ...SAIL, istioVersion: "v1.31.3" },
        [
            "istioVersion",
            '"v1.31.3"',
            "an exact Istio release of the form 1.31.3: no v, no alias, no range",
            "pulumi config set istio-mesh:istioVersion 1.31.3",
        ],
    ],
    [
        "a disruption budget that the Istio object has no place for",
        { ...SAIL, sizing: { istiod: { minAvailable: 2 } } },
        [
            "sizing.istiod.minAvailable",
            '2, with installMethod "sail"',
            "1: the Istio object has no disruption budget, and the operator always makes this one",
            "pulumi config rm --path 'istio-mesh:sizing.istiod.minAvailable', or pulumi config set istio-mesh:installMethod helm",
        ],
    ],
    [
        "two sources of the operator's chart",
        {
            ...SAIL,
            charts: { operator: { oci: "oci://example.com/charts", directory: "./operator" } },
        },
        [
            "charts.operator",
            "oci and directory",
            "one of repository, oci, directory",
            "keep one, remove the others: pulumi config rm --path 'istio-mesh:charts.operator.oci'; pulumi config rm --path 'istio-mesh:charts.operator.directory'",
        ],
    ],
    [
        "an operator image that moves",
        { ...SAIL, charts: { operator: { image: "quay.io/sail-dev/sail-operator:latest" } } },
        [
            "charts.operator.image",
            '"quay.io/sail-dev/sail-operator:latest"',
            "an image with a digest or a tag other than latest",
            "pulumi config set --path 'istio-mesh:charts.operator.image' quay.io/sail-dev/sail-operator:<tag>",
        ],
    ],
]);
