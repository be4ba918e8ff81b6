import { table } from "./table";

table("checkSettings, of bad chart sources", [
    [
        "two chart sources",
        { charts: { oci: "oci://ghcr.io/istio/release/charts", directory: "./charts" } },
        [
            "charts",
            "oci and directory",
            "one of repository, oci, directory",
            "keep one, remove the others: pulumi config rm --path 'istio-mesh:charts.oci'; pulumi config rm --path 'istio-mesh:charts.directory'",
        ],
    ],
    [
        "three chart sources",
        {
            charts: {
                repository: "https://example.com/charts",
                oci: "oci://ghcr.io/istio/release/charts",
                directory: "./charts",
            },
        },
        [
            "charts",
            "repository and oci and directory",
            "one of repository, oci, directory",
            "keep one, remove the others: pulumi config rm --path 'istio-mesh:charts.repository'; pulumi config rm --path 'istio-mesh:charts.oci'; pulumi config rm --path 'istio-mesh:charts.directory'",
        ],
    ],
    [
        "two chart sources beside a wrong hub",
        {
            charts: {
                oci: "oci://ghcr.io/istio/release/charts",
                directory: "./charts",
                hub: "docker.io/istio:1.31.3",
            },
        },
        [
            "charts.hub",
            '"docker.io/istio:1.31.3"',
            "an image registry and path without a tag",
            "pulumi config set --path 'istio-mesh:charts.hub' docker.io/istio",
        ],
        [
            "charts",
            "oci and directory",
            "one of repository, oci, directory",
            "keep one, remove the others: pulumi config rm --path 'istio-mesh:charts.oci'; pulumi config rm --path 'istio-mesh:charts.directory'",
        ],
    ],
    [
        "a repository without a scheme",
        { charts: { repository: "charts.example.com/istio" } },
        [
            "charts.repository",
            '"charts.example.com/istio"',
            "an http or https URL",
            "pulumi config set --path 'istio-mesh:charts.repository' https://charts.example.com/istio",
        ],
    ],
    [
        "a repository of another scheme",
        { charts: { repository: "ftp://example.com" } },
        [
            "charts.repository",
            '"ftp://example.com"',
            "an http or https URL",
            "pulumi config set --path 'istio-mesh:charts.repository' https://example.com",
        ],
    ],
    [
        "a repository that is no URL",
        { charts: { repository: "official" } },
        [
            "charts.repository",
            '"official"',
            "an http or https URL",
            "pulumi config set --path 'istio-mesh:charts.repository' https://blob.istio.io/istio-release/charts",
        ],
    ],
    [
        "a registry without a scheme",
        { charts: { oci: "ghcr.io/istio/release/charts" } },
        [
            "charts.oci",
            '"ghcr.io/istio/release/charts"',
            "an oci:// URL without a trailing slash",
            "pulumi config set --path 'istio-mesh:charts.oci' oci://ghcr.io/istio/release/charts",
        ],
    ],
    [
        "a registry with a slash at its end",
        { charts: { oci: "oci://ghcr.io/istio/release/charts/" } },
        [
            "charts.oci",
            '"oci://ghcr.io/istio/release/charts/"',
            "an oci:// URL without a trailing slash",
            "pulumi config set --path 'istio-mesh:charts.oci' oci://ghcr.io/istio/release/charts",
        ],
    ],
    [
        "an empty directory",
        { charts: { directory: "" } },
        [
            "charts.directory",
            '""',
            "a path",
            "pulumi config set --path 'istio-mesh:charts.directory' ./charts",
        ],
    ],
    [
        "a hub with a scheme",
        { charts: { hub: "https://docker.io/istio/" } },
        [
            "charts.hub",
            '"https://docker.io/istio/"',
            "an image registry and path without a tag",
            "pulumi config set --path 'istio-mesh:charts.hub' docker.io/istio",
        ],
    ],
    [
        "a hub with a tag",
        { charts: { hub: "docker.io/istio:1.31.3" } },
        [
            "charts.hub",
            '"docker.io/istio:1.31.3"',
            "an image registry and path without a tag",
            "pulumi config set --path 'istio-mesh:charts.hub' docker.io/istio",
        ],
    ],
    [
        "a tag that moves",
        { charts: { tag: "latest" } },
        [
            "charts.tag",
            '"latest"',
            "an image tag that does not move",
            "pulumi config rm --path 'istio-mesh:charts.tag'",
        ],
    ],
    [
        "a tag that moves with its minor",
        { charts: { tag: "1.31-latest" } },
        [
            "charts.tag",
            '"1.31-latest"',
            "an image tag that does not move",
            "pulumi config rm --path 'istio-mesh:charts.tag'",
        ],
    ],
    [
        "a tag with a space",
        { charts: { tag: "1.31 distroless" } },
        [
            "charts.tag",
            '"1.31 distroless"',
            "an image tag that does not move",
            "pulumi config rm --path 'istio-mesh:charts.tag'",
        ],
    ],
    [
        "a tag that YAML reads as a number",
        { charts: { tag: 1.31 } },
        [
            "charts.tag",
            "1.31",
            "an image tag that does not move",
            "pulumi config set --path 'istio-mesh:charts.tag' 1.31",
        ],
    ],
]);
