import { table } from "./table";

const SAIL = { installMethod: "sail" };
const REVISIONED = { ...SAIL, istioVersion: "1.30.7" };

/** Revisioned, with more of `update`. */
const revisioned = (update: object) => ({
    ...REVISIONED,
    update: { strategy: "RevisionBased", ...update },
});

table("checkSettings, of bad updates", [
    [
        "a strategy in other letters",
        { ...SAIL, update: { strategy: "revisionBased" } },
        [
            "update.strategy",
            '"revisionBased"',
            '"InPlace", "RevisionBased"',
            "pulumi config set --path 'istio-mesh:update.strategy' RevisionBased",
        ],
    ],
    [
        "a canary and a previous release where there is one control plane",
        { ...REVISIONED, update: { canary: "1.31.3", previous: "1.30.3" } },
        [
            "update.canary",
            '"1.31.3", with strategy "InPlace"',
            "a second release only where each has a control plane of its own",
            "pulumi config set --path 'istio-mesh:update.strategy' RevisionBased, or pulumi config rm --path 'istio-mesh:update.canary'",
        ],
        [
            "update.previous",
            '"1.30.3", with strategy "InPlace"',
            "a second release only where each has a control plane of its own",
            "pulumi config set --path 'istio-mesh:update.strategy' RevisionBased, or pulumi config rm --path 'istio-mesh:update.previous'",
        ],
    ],
    [
        "a canary that isn't newer, and a previous release that isn't older",
        revisioned({ canary: "1.30.7", previous: "1.31.3" }),
        [
            "update.canary",
            '"1.30.7", with istioVersion "1.30.7"',
            "a release newer than istioVersion",
            "pulumi config rm --path 'istio-mesh:update.canary'",
        ],
        [
            "update.previous",
            '"1.31.3", with istioVersion "1.30.7"',
            "a release older than istioVersion",
            "pulumi config rm --path 'istio-mesh:update.previous'",
        ],
    ],
    [
        "a canary that is an alias",
        revisioned({ canary: "v1.31-latest" }),
        [
            "update.canary",
            '"v1.31-latest"',
            "an exact Istio release of the form 1.31.3: no v, no alias, no range",
            "pulumi config set --path 'istio-mesh:update.canary' 1.31.3",
        ],
    ],
    [
        "a previous release that is end of life",
        revisioned({ previous: "1.28.10" }),
        [
            "update.previous",
            '"1.28.10"',
            "1.30.x or 1.31.x; 1.28 is end of life since 2026-07",
            "pulumi config set --path 'istio-mesh:update.previous' 1.31.3",
        ],
    ],
    [
        "a tag twice",
        revisioned({ tags: [{ name: "next" }, { name: "next" }] }),
        [
            "update.tags[1].name",
            '"next" again',
            "each name once; the first is istio-mesh:update.tags[0]",
            "pulumi config set --path 'istio-mesh:update.tags[1].name' <name>",
        ],
    ],
    [
        "a tag by a revision's name, which the operator would refuse",
        revisioned({ tags: [{ name: "default-v1-30-7" }] }),
        [
            "update.tags[0].name",
            '"default-v1-30-7"',
            "another name than a revision's: default-v1-30-7",
            "pulumi config set --path 'istio-mesh:update.tags[0].name' <name>",
        ],
    ],
    [
        "a tag default beside the control plane of that name",
        { ...SAIL, update: { tags: [{ name: "default" }] } },
        [
            "update.tags[0].name",
            '"default"',
            "another name than a revision's: default",
            "pulumi config set --path 'istio-mesh:update.tags[0].name' <name>",
        ],
    ],
    [
        "a tag of a canary where there is one control plane",
        { ...SAIL, update: { tags: [{ name: "next", revision: "canary" }] } },
        [
            "update.tags[0].revision",
            '"canary"',
            '"stable": in place there is one control plane',
            "pulumi config set --path 'istio-mesh:update.tags[0].revision' stable",
        ],
    ],
    [
        "a tag of a previous release that isn't kept",
        revisioned({ tags: [{ name: "before", revision: "previous" }] }),
        [
            "update.tags[0].revision",
            '"previous"',
            '"stable" or "canary", unless update.previous names a release',
            "pulumi config set --path 'istio-mesh:update.tags[0].revision' stable",
        ],
    ],
    [
        "a namespace that follows a misspelt tag",
        {
            ...revisioned({ tags: [{ name: "canary", revision: "canary" }] }),
            namespaces: [{ name: "shop", revision: "canery" }],
        },
        [
            "namespaces[0].revision",
            '"canery"',
            '"default", "canary", "default-v1-30-7"',
            "pulumi config set --path 'istio-mesh:namespaces[0].revision' canary",
        ],
    ],
    [
        "a namespace that follows a tag where there is none",
        { namespaces: [{ name: "shop", revision: "canary" }] },
        [
            "namespaces[0].revision",
            '"canary"',
            "nothing: update.tags is empty",
            "pulumi config rm --path 'istio-mesh:namespaces[0].revision'",
        ],
    ],
    [
        "a namespace that follows a revision of another release",
        { ...revisioned({}), namespaces: [{ name: "shop", revision: "default-v1-29-4" }] },
        [
            "namespaces[0].revision",
            '"default-v1-29-4"',
            '"default", "default-v1-30-7"',
            "pulumi config set --path 'istio-mesh:namespaces[0].revision' default-v1-30-7",
        ],
    ],
    [
        "a tag on an ambient namespace, which would get sidecars",
        {
            ...revisioned({}),
            dataPlane: "ambient",
            namespaces: [{ name: "shop", revision: "default" }],
        },
        [
            "namespaces[0].revision",
            '"default", with data plane "ambient"',
            "a tag only for sidecars: on another namespace its label would inject them",
            "pulumi config rm --path 'istio-mesh:namespaces[0].revision'",
        ],
    ],
    [
        "a grace period in place",
        { ...SAIL, update: { gracePeriodSeconds: 60 } },
        [
            "update.gracePeriodSeconds",
            '60, with strategy "InPlace"',
            "a time only where the Sail Operator removes revisions by itself",
            "pulumi config rm --path 'istio-mesh:update.gracePeriodSeconds'",
        ],
    ],
    [
        "a negative grace period",
        revisioned({ gracePeriodSeconds: -1 }),
        [
            "update.gracePeriodSeconds",
            "-1",
            "whole seconds from 0 to 2592000 (30 days)",
            "pulumi config set --path 'istio-mesh:update.gracePeriodSeconds' 3600",
        ],
    ],
    [
        "a control plane's name with a dot, which no revision may hold",
        { ...SAIL, update: { name: "mesh.v1" } },
        [
            "update.name",
            '"mesh.v1"',
            "a lower-case letter first, then lower-case letters, digits and dashes, at most 30, no dash at the end",
            "pulumi config set --path 'istio-mesh:update.name' mesh-v1",
        ],
    ],
    [
        "revisions by charts",
        { update: { strategy: "RevisionBased", name: "blue" } },
        [
            "update.strategy",
            '"RevisionBased", with installMethod "helm"',
            "revisions only where the Sail Operator makes them",
            "pulumi config set istio-mesh:installMethod sail, or pulumi config rm --path 'istio-mesh:update.strategy'",
        ],
        [
            "update.name",
            '"blue", with installMethod "helm"',
            "revisions only where the Sail Operator makes them",
            "pulumi config set istio-mesh:installMethod sail, or pulumi config rm --path 'istio-mesh:update.name'",
        ],
    ],
]);
