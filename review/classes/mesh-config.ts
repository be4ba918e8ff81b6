/**
 * The ConfigMaps that istiod reads: the mesh's settings and the templates of injected proxies.
 * What istiod pushes and what proxies read only at their start:
 * https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ and pkg/kube/inject in
 * https://github.com/istio/istio
 */
import { becomes, updates, when } from "./rows";
import type { Row } from "./rows";

const PROXY_CONFIG =
    "Proxies read this at their start: running ones keep the old value until their pods restart.";

export const meshConfig: readonly Row[] = [
    ...updates("mesh config", [
        [
            "data.mesh.trustDomain",
            ["data-plane-restart", "connections-cut", "security-weakened"],
            "Every workload gets another identity: policies that name the old one no longer match, and old and new proxies don't trust each other without an alias.",
        ],
        [
            "data.mesh.trustDomainAliases.**",
            "config-push",
            "Identities of other trust domains are accepted, or no longer.",
        ],
        [
            "data.mesh.enableAutoMtls",
            "security-weakened",
            "Proxies stop using mTLS by themselves.",
            becomes(false),
        ],
        [
            "data.mesh.enableAutoMtls",
            "traffic-shifted",
            "Proxies use mTLS by themselves wherever both sides can.",
        ],
        [
            "data.mesh.outboundTrafficPolicy.mode",
            "security-weakened",
            "Workloads may call hosts that the mesh doesn't know.",
            becomes("ALLOW_ANY"),
        ],
        [
            "data.mesh.outboundTrafficPolicy.mode",
            "traffic-shifted",
            "Calls to hosts that the mesh doesn't know are refused.",
        ],
        [
            "data.mesh.outboundTrafficPolicy.**",
            "traffic-shifted",
            "Calls that leave the mesh are treated in another way.",
        ],
        [
            "data.mesh.meshMTLS.**",
            "traffic-shifted",
            "Other TLS versions or ciphers between proxies.",
        ],
        [
            "data.mesh.pathNormalization.**",
            "security-weakened",
            "Paths are normalised in another way before policies judge them: rules on paths may match differently.",
        ],
        ["data.mesh.caCertificates.**", "traffic-shifted", "Other roots of trust are accepted."],
        ["data.mesh.certificates.**", "config-push", "istiod serves other certificates."],
        ["data.mesh.defaultConfig.**", "data-plane-restart", PROXY_CONFIG],
        [
            "data.mesh.rootNamespace",
            ["traffic-shifted", "security-weakened"],
            "Mesh-wide objects are read from another namespace: policies in the old one no longer hold.",
        ],
        [
            "data.mesh.discoverySelectors.**",
            "traffic-shifted",
            "istiod watches other namespaces: services elsewhere become unknown to proxies.",
        ],
        ["data.mesh.ingress*.**", "traffic-shifted", "Other Ingress objects are served."],
        ["data.mesh.localityLbSetting.**", "traffic-shifted", "Requests prefer other zones."],
        [
            "data.mesh.defaultServiceExportTo.**",
            "traffic-shifted",
            "Services are visible to other namespaces than before.",
        ],
        [
            "data.mesh.defaultVirtualServiceExportTo.**",
            "traffic-shifted",
            "Routes hold in other namespaces than before.",
        ],
        [
            "data.mesh.defaultDestinationRuleExportTo.**",
            "traffic-shifted",
            "Destination rules hold in other namespaces than before.",
        ],
        [
            "data.mesh.serviceScopeConfigs.**",
            "traffic-shifted",
            "Services are visible to other clusters than before.",
        ],
        [
            "data.mesh.**",
            "config-push",
            "A behaviour of the whole mesh; istiod pushes it to every proxy.",
        ],
        [
            "data.meshNetworks.**",
            "traffic-shifted",
            "Endpoints of other networks are reached by other gateways.",
        ],
        ["data.**", "config-push", "istiod reads it and pushes what follows."],
    ]),
    when("create", "mesh config", "nothing", "A new mesh's settings."),
    when(
        "delete",
        "mesh config",
        ["config-push", "security-weakened"],
        "istiod falls back to its defaults: the trust domain among them.",
    ),
    when(
        "replace",
        "mesh config",
        ["config-push", "security-weakened"],
        "While it is gone istiod runs with its defaults: the trust domain among them.",
    ),
    ...updates("injector config", [
        [
            "data.values.global.waypoint.**",
            "gateway-restart",
            "istiod rolls every waypoint out anew.",
        ],
        [
            "data.values.global.tag",
            ["gateway-restart", "data-plane-restart"],
            "New pods get the new proxy and istiod rolls waypoints out anew; running sidecars and gateways keep the old version until they restart.",
        ],
        [
            "data.values.global.hub",
            ["gateway-restart", "data-plane-restart"],
            "New pods pull the proxy from elsewhere and istiod rolls waypoints out anew; running proxies stay until they restart.",
        ],
        [
            "data.values.global.variant",
            ["gateway-restart", "data-plane-restart"],
            "Another build of the proxy's image, for new pods and for waypoints.",
        ],
        [
            "data.values.global.multiCluster.clusterName",
            ["data-plane-restart", "connections-cut"],
            "Proxies say another cluster's name; those that run say the old one until they restart.",
        ],
        [
            "data.values.global.network",
            ["data-plane-restart", "traffic-shifted"],
            "New pods belong to another network; traffic between old and new ones goes through gateways.",
        ],
        [
            "data.values.global.meshID",
            "data-plane-restart",
            "New pods say another mesh's name; running ones until they restart.",
        ],
        ["data.values.global.logging.**", "nothing", "Only the logs of pods injected from now on."],
        [
            "data.values.global.proxy.**",
            "data-plane-restart",
            "New pods get the new settings of the proxy; running ones keep theirs until they restart.",
        ],
        [
            "data.values.global.proxy_init.**",
            "data-plane-restart",
            "New pods get another init container.",
        ],
        [
            "data.values.sidecarInjectorWebhook.**",
            "data-plane-restart",
            "Pods are injected in another way from now on.",
        ],
        [
            "data.values.global.**",
            "data-plane-restart",
            "A value that templates of proxies may read; it holds for pods injected from now on.",
        ],
        ["data.values.**", "nothing", "A value that no template of a proxy reads."],
        [
            "data.config.templates.waypoint",
            "gateway-restart",
            "istiod rolls every waypoint out anew, from the new template.",
        ],
        [
            "data.config.templates.kube-gateway",
            "gateway-restart",
            "istiod rolls every gateway of the Gateway API out anew, from the new template.",
        ],
        [
            "data.config.templates.*",
            "data-plane-restart",
            "New pods are injected from another template; running ones keep theirs until they restart.",
        ],
        [
            "data.config.**",
            "data-plane-restart",
            "Other pods are injected, or in another way, from now on.",
        ],
    ]),
    when("create", "injector config", "nothing", "A new istiod's templates."),
    when(
        "delete",
        "injector config",
        "data-plane-restart",
        "Without templates istiod injects nothing: new pods can't start, or start without a proxy.",
    ),
    when(
        "replace",
        "injector config",
        "data-plane-restart",
        "While it is gone istiod injects nothing: new pods can't start, or start without a proxy.",
    ),
    ...updates("chart values", [
        ["data.**", "nothing", "The chart's record of its values; nothing reads it."],
    ]),
    when("create", "chart values", "nothing", "The chart's record of its values."),
    when("delete", "chart values", "nothing", "The chart's record of its values."),
    when("replace", "chart values", "nothing", "The chart's record of its values."),
];
