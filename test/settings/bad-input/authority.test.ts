import { table } from "./table";

table("checkSettings, of who signs certificates", [
    [
        "a section that names nobody",
        { mesh: { ca: {} } },
        [
            "mesh.ca",
            "neither secret nor istioCsr",
            "one of secret, istioCsr",
            "pulumi config set --path 'istio-mesh:mesh.ca.secret.directory' ./ca, or let istiod sign by a root of its own: pulumi config rm --path 'istio-mesh:mesh.ca'",
        ],
    ],
    [
        "two who sign",
        { mesh: { ca: { secret: { directory: "./ca" }, istioCsr: { issuer: { name: "a" } } } } },
        [
            "mesh.ca",
            "secret and istioCsr",
            "one of secret, istioCsr",
            "keep one, remove the other: pulumi config rm --path 'istio-mesh:mesh.ca.secret'; pulumi config rm --path 'istio-mesh:mesh.ca.istioCsr'",
        ],
    ],
    [
        "istio-csr without an issuer",
        { mesh: { ca: { istioCsr: {} } } },
        [
            "mesh.ca.istioCsr.issuer",
            "nothing",
            "an object with name, kind",
            "pulumi config set --path 'istio-mesh:mesh.ca.istioCsr.issuer.name' my-name",
        ],
    ],
    [
        "an address without a port",
        { mesh: { ca: { istioCsr: { address: "csr.pki.svc", issuer: { name: "istio-ca" } } } } },
        [
            "mesh.ca.istioCsr.address",
            '"csr.pki.svc"',
            "<host>:<port>",
            "pulumi config set --path 'istio-mesh:mesh.ca.istioCsr.address' cert-manager-istio-csr.cert-manager.svc:443",
        ],
    ],
    [
        "a kind of issuer that cert-manager doesn't have",
        { mesh: { ca: { istioCsr: { issuer: { name: "istio-ca", kind: "clusterissuer" } } } } },
        [
            "mesh.ca.istioCsr.issuer.kind",
            '"clusterissuer"',
            '"Issuer", "ClusterIssuer"',
            "pulumi config set --path 'istio-mesh:mesh.ca.istioCsr.issuer.kind' ClusterIssuer",
        ],
    ],
]);
