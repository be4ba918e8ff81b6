import { table } from "./table";
import { base, t } from "./traffic-base";

table("checkSettings, of bad hosts and gateways of services", [
    [
        "hosts without a gateway",
        t({ hosts: ["shop.example.com"] }),
        [
            "traffic[0].gateway",
            "nothing, with hosts shop.example.com",
            '"public/edge"',
            "pulumi config set --path 'istio-mesh:traffic[0].gateway' public/edge",
        ],
    ],
    [
        "a gateway that does not exist",
        t({ hosts: ["shop.example.com"], gateway: "public/egde" }),
        [
            "traffic[0].gateway",
            '"public/egde"',
            '"public/edge"',
            "pulumi config set --path 'istio-mesh:traffic[0].gateway' public/edge",
        ],
    ],
    [
        "a gateway without hosts",
        t({ gateway: "public/edge" }),
        [
            "traffic[0].hosts",
            "nothing, with a gateway",
            "the names by which the service is called at the gateway",
            "pulumi config set --path 'istio-mesh:traffic[0].hosts[0]' shop.example.com",
        ],
    ],
    [
        "a URL as a host",
        t({ hosts: ["https://Shop.example.com/"], gateway: "public/edge" }),
        [
            "traffic[0].hosts[0]",
            '"https://Shop.example.com/"',
            "a lower-case host name with a dot, perhaps with *. before it",
            "pulumi config set --path 'istio-mesh:traffic[0].hosts[0]' shop.example.com",
        ],
    ],
    [
        "a service twice, and a host twice",
        {
            ...base,
            traffic: [
                {
                    service: "checkout",
                    namespace: "shop",
                    hosts: ["a.example"],
                    gateway: "public/edge",
                },
                {
                    service: "checkout",
                    namespace: "shop",
                    hosts: ["a.example"],
                    gateway: "public/edge",
                },
            ],
        },
        [
            "traffic[1]",
            '"shop/checkout" again',
            "one owner for each service and host; the first is istio-mesh:traffic[0]",
            "merge the two in the stack's file, or take one out",
        ],
        [
            "traffic[1].hosts[0]",
            '"a.example at public/edge" again',
            "one owner for each service and host; the first is istio-mesh:traffic[0].hosts[0]",
            "merge the two in the stack's file, or take one out",
        ],
    ],
    [
        "an ambient namespace without a waypoint",
        t({}, { dataPlane: "ambient" }),
        [
            "traffic[0]",
            'the ambient namespace "shop" without a waypoint',
            "a namespace with sidecars or a waypoint: ztunnel knows no requests",
            "pulumi config set --path 'istio-mesh:namespaces[0].waypoint' true",
        ],
    ],
]);
