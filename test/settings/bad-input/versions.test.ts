import { table } from "./table";

const FORM = "an exact Istio release of the form 1.31.3: no v, no alias, no range";
const set = (version: string) => `pulumi config set istio-mesh:istioVersion ${version}`;
const bundle = (version: string) =>
    `pulumi config set --path 'istio-mesh:gatewayApi.version' ${version}`;

table("checkSettings, of bad versions", [
    ["no version", { istioVersion: undefined }, ["istioVersion", "nothing", FORM, set("1.31.3")]],
    [
        "an empty version, as Pulumi.yaml declares it",
        { istioVersion: "" },
        ["istioVersion", "nothing", FORM, set("1.31.3")],
    ],
    ["null", { istioVersion: null }, ["istioVersion", "null", FORM, set("1.31.3")]],
    ["a number", { istioVersion: 1.31 }, ["istioVersion", "1.31", FORM, set("1.31.3")]],
    [
        "a v before it, keeping the version",
        { istioVersion: "v1.30.2" },
        ["istioVersion", '"v1.30.2"', FORM, set("1.30.2")],
    ],
    [
        "a minor without its patch",
        { istioVersion: "1.31" },
        ["istioVersion", '"1.31"', FORM, set("1.31.3")],
    ],
    [
        "an alias, keeping its minor",
        { istioVersion: "1.30-latest" },
        ["istioVersion", '"1.30-latest"', FORM, set("1.30.<patch>")],
    ],
    ["latest", { istioVersion: "latest" }, ["istioVersion", '"latest"', FORM, set("1.31.3")]],
    ["a range", { istioVersion: "~1.31.3" }, ["istioVersion", '"~1.31.3"', FORM, set("1.31.3")]],
    ["a wildcard", { istioVersion: "1.31.x" }, ["istioVersion", '"1.31.x"', FORM, set("1.31.3")]],
    [
        "a leading zero",
        { istioVersion: "1.31.03" },
        ["istioVersion", '"1.31.03"', FORM, set("1.31.3")],
    ],
    [
        "a pre-release",
        { istioVersion: "1.31.0-rc.1" },
        ["istioVersion", '"1.31.0-rc.1"', FORM, set("1.31.3")],
    ],
    [
        "a minor at its end of life",
        { istioVersion: "1.28.4" },
        [
            "istioVersion",
            '"1.28.4"',
            "1.30.x or 1.31.x; 1.28 is end of life since 2026-07",
            set("1.31.3"),
        ],
    ],
    [
        "a minor that isn't known yet",
        { istioVersion: "1.99.0" },
        [
            "istioVersion",
            '"1.99.0"',
            "1.30.x or 1.31.x; 1.99 is not known to this program (components/plan/versions.ts)",
            set("1.31.3"),
        ],
    ],
    [
        "a minor older than all that are known",
        { istioVersion: "1.9.0" },
        [
            "istioVersion",
            '"1.9.0"',
            "1.30.x or 1.31.x; 1.9 is not known to this program (components/plan/versions.ts)",
            set("1.31.3"),
        ],
    ],
    [
        "a Gateway API bundle with a v",
        { gatewayApi: { version: "v1.7.0" } },
        ["gatewayApi.version", '"v1.7.0"', "an exact version without v", bundle("1.7.0")],
    ],
    [
        "a Gateway API bundle without its patch",
        { gatewayApi: { version: "1.6" } },
        ["gatewayApi.version", '"1.6"', "an exact version without v", bundle("1.6.0")],
    ],
    [
        "a Gateway API bundle older than the Istio minor needs",
        { gatewayApi: { version: "1.5.9" } },
        [
            "gatewayApi.version",
            '"1.5.9"',
            "1.6.0 or newer: Istio 1.31.3 leaves out kinds of an older bundle",
            bundle("1.6.0"),
        ],
    ],
    [
        "a Gateway API bundle that is compared by its numbers, not its letters",
        { istioVersion: "1.30.1", gatewayApi: { version: "1.4.10" } },
        [
            "gatewayApi.version",
            '"1.4.10"',
            "1.5.0 or newer: Istio 1.30.1 leaves out kinds of an older bundle",
            bundle("1.5.0"),
        ],
    ],
    [
        "an owner of the Gateway API that is unknown",
        { gatewayApi: { owner: "gke" } },
        [
            "gatewayApi.owner",
            '"gke"',
            '"managed", "platform", "external"',
            "pulumi config set --path 'istio-mesh:gatewayApi.owner' managed",
        ],
    ],
    [
        "a misspelt channel of the Gateway API",
        { gatewayApi: { channel: "experimentel" } },
        [
            "gatewayApi.channel",
            '"experimentel"',
            '"standard", "experimental"',
            "pulumi config set --path 'istio-mesh:gatewayApi.channel' experimental",
        ],
    ],
]);
