import { z } from "zod";
import { RECOMMENDED_ISTIO } from "../components/plan/versions";
import { authority } from "./authority";
import { operatorChart } from "./operator-chart";
import { update } from "./update";
import { gatewayApi } from "./gateway-api";
import { egressGateway, ingressGateway } from "./gateway-settings";
import { manifests } from "./manifests";
import { namespaceShape } from "./namespace-settings";
import { observability } from "./observability";
import { security } from "./security";
import { replicas, sizing } from "./sizing";
import { traffic } from "./traffic";
import { waypoints } from "./waypoints";
import {
    chartRegistry,
    chartRepository,
    clusterName,
    dnsLabel,
    image,
    imageHub,
    istioVersion,
    objectName,
    quantityCount,
    trustDomain,
} from "./values";

/** How the mesh can be installed. */
export const INSTALL_METHODS = ["helm", "sail"] as const;
/** The two data planes: a proxy in every pod, or one ztunnel per node with optional waypoints. */
export const DATA_PLANES = ["sidecar", "ambient"] as const;
/** Sizes that a stack starts from. */
export const SIZES = ["homelab", "production"] as const;
/** Platforms for which Istio's charts know other paths than the usual ones. */
export const PLATFORMS = ["gke", "k3d", "k3s", "microk8s", "minikube", "openshift"] as const;

/** A namespace that the mesh serves. */
export const namespace = z.strictObject({
    name: dnsLabel.meta({ description: "Name; the namespace is made by this stack." }),
    dataPlane: z
        .enum([...DATA_PLANES, "none"])
        .optional()
        .meta({ description: "Data plane of its workloads. Default: the mesh's `dataPlane`." }),
    revision: dnsLabel.optional().meta({
        description:
            "What its sidecars follow: a tag in `update.tags`, or a revision such as `default-v1-31-3`, until that is gone. Default: the tag `default`.",
    }),
    waypoint: z.boolean().default(false).meta({
        description:
            "Whether the namespace gets a waypoint, for L7 routing and policy; ambient only.",
    }),
    ...namespaceShape,
});

const workload = z.strictObject({
    name: objectName.meta({ description: "Name of its Deployment, Service and ServiceAccount." }),
    namespace: dnsLabel.meta({ description: "One of `namespaces`." }),
    image: image.meta({ description: "Container image with a tag or digest." }),
    port: quantityCount(1, 65535, "a port from 1 to 65535", 8080).meta({
        description: "The port it serves on.",
    }),
    protocol: z.enum(["http", "grpc"]).optional().meta({
        description: "What it speaks on it: the name of its ports. Default: `http`.",
    }),
    replicas: replicas(1).default(1).meta({ description: "Pods." }),
    versions: z
        .array(
            z.strictObject({
                name: dnsLabel.meta({
                    description: "Value of its pods' label `version`; `v1` is the workload itself.",
                    example: "v2",
                }),
                image: image.meta({ description: "Container image with a tag or digest." }),
                replicas: replicas(1).default(1).meta({ description: "Pods." }),
            }),
        )
        .default([])
        .meta({ description: "More versions behind the same Service, each a Deployment." }),
});

/**
 * Everything a stack can say, under the project's namespace `istio-mesh`. Every object is strict: a
 * key it does not know is a mistake. `docs/configuration.md`, the editors' JSON Schema and the
 * typed entries of Pulumi.yaml are generated from here.
 */
export const settingsSchema = z.strictObject({
    installMethod: z.enum(INSTALL_METHODS).default("helm").meta({
        description:
            "How the mesh is installed: `helm` by Istio's charts, `sail` by the Sail Operator.",
    }),
    dataPlane: z
        .enum(DATA_PLANES)
        .default("sidecar")
        .meta({ description: "Data plane of every namespace that does not name its own." }),
    istioVersion: istioVersion.meta({
        description: "Exact Istio release, without `v`; never an alias.",
        example: RECOMMENDED_ISTIO,
    }),
    size: z.enum(SIZES).default("production").meta({
        description:
            "`homelab`: one istiod with small requests; `production`: three or more, autoscaled, spread and protected from drains.",
    }),
    sizing: sizing.default({}).meta({ description: "Single numbers that differ from the size." }),
    cluster: z
        .strictObject({
            name: clusterName.meta({
                description:
                    "The cluster's name: the one place it is written. istiod, ztunnel, proxies and gateways all get it from here.",
            }),
            network: dnsLabel
                .optional()
                .meta({ description: "Network of the cluster's pods, for multi-network meshes." }),
            platform: z.enum(PLATFORMS).optional().meta({
                description: "Set it on these platforms: their CNI paths differ from the usual.",
            }),
        })
        .meta({ description: "The cluster's identity." }),
    mesh: z
        .strictObject({
            id: dnsLabel
                .optional()
                .meta({ description: "Mesh ID; the same in every cluster of one mesh." }),
            trustDomain: trustDomain
                .default("cluster.local")
                .meta({ description: "Trust domain: the root of every workload's identity." }),
            ca: authority,
            accessLog: z.boolean().default(false).meta({
                description:
                    "Whether sidecars, waypoints and gateways log each request; ztunnel has a log of its own.",
            }),
            outboundTrafficPolicy: z
                .enum(["ALLOW_ANY", "REGISTRY_ONLY"])
                .default("ALLOW_ANY")
                .meta({ description: "Whether workloads may call hosts the mesh doesn't know." }),
        })
        .prefault({})
        .meta({ description: "Mesh-wide behaviour." }),
    update: update
        .prefault({})
        .meta({ description: "How a new Istio release takes the old one's place." }),
    namespaces: z
        .array(namespace)
        .default([])
        .meta({ description: "The namespaces the mesh serves." }),
    workloads: z
        .array(workload)
        .default([])
        .meta({ description: "Example workloads: a Deployment, Service and ServiceAccount each." }),
    gateways: z.array(ingressGateway).default([]).meta({ description: "Ingress gateways." }),
    egressGateways: z.array(egressGateway).default([]).meta({
        description: "Egress gateways, by which `security.egress` may have requests leave.",
    }),
    waypoints,
    traffic,
    security,
    observability,
    manifests,
    charts: z
        .strictObject({
            repository: chartRepository.optional().meta({
                description:
                    "Helm repository. Default: Istio's own, when neither `oci` nor `directory` is set.",
            }),
            oci: chartRegistry
                .optional()
                .meta({ description: "OCI registry that holds the charts." }),
            directory: z.string().min(1).optional().meta({
                description:
                    "Local directory with one folder per chart: base, istiod, cni, ztunnel, gateway.",
                allowed: "a path",
                example: "./charts",
            }),
            hub: imageHub
                .default("docker.io/istio")
                .meta({ description: "Where every Istio image is pulled from." }),
            tag: z
                .string()
                .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/)
                .refine((tag) => tag !== "latest" && !tag.endsWith("-latest"))
                .optional()
                .meta({
                    description: "Tag of every Istio image. Default: `istioVersion`.",
                    allowed: "an image tag that does not move",
                }),
            operator: operatorChart
                .prefault({})
                .meta({ description: "The Sail Operator's chart; `sail` only." }),
        })
        .prefault({})
        .meta({ description: "Where charts and images come from." }),
    gatewayApi,
    kubeContext: z.string().min(1).optional().meta({
        description: "Context of the kubeconfig that names the cluster to change.",
        allowed: "the name of a context",
        example: "<context>",
    }),
    kubeconfig: z.string().min(1).optional().meta({
        description:
            "Path of the kubeconfig. Default: $KUBECONFIG, then ~/.kube/config, but only with `kubeContext`.",
        allowed: "a path",
        example: "~/.kube/config",
    }),
});

/** A stack's settings: checked, with every default filled in. */
export type Settings = z.output<typeof settingsSchema>;
export type InstallMethod = (typeof INSTALL_METHODS)[number];
export type DataPlane = (typeof DATA_PLANES)[number];
export type Size = (typeof SIZES)[number];
export type Platform = (typeof PLATFORMS)[number];
export type NamespaceSettings = Settings["namespaces"][number];
export type WorkloadSettings = Settings["workloads"][number];
export type GatewaySettings = Settings["gateways"][number];
export type EgressGatewaySettings = Settings["egressGateways"][number];
export type WaypointSettings = Settings["waypoints"][number];
