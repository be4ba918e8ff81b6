/** Who writes into a mesh's objects beside the stack, and which of it is as it should be. */
import { fits, parsePath } from "../events/paths";
import type { Path } from "../events/tree";
import type { Writer } from "./managed-fields";

/** A writer that is expected: its changes are no drift. */
export interface ExpectedWriter {
    /** Who it is, in words. */
    readonly who: string;
    /** Field managers by which it is known. */
    readonly manager: RegExp;
    /** Set where only one part of the object counts. */
    readonly subresource?: string;
    readonly kinds: readonly string[];
    readonly path: Path;
    readonly why: string;
}

const expected = (
    who: string,
    manager: RegExp,
    kinds: readonly string[],
    path: string,
    why: string,
    subresource?: string,
): ExpectedWriter => ({
    ...{ who, manager, kinds, path: parsePath(path), why },
    ...(subresource === undefined ? {} : { subresource }),
});

const WEBHOOKS = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
const SCALED = ["Deployment", "StatefulSet"];
const ISTIOD = /^pilot-discovery/;

/** The writers that stay quiet. */
export const EXPECTED_WRITERS: readonly ExpectedWriter[] = [
    expected(
        "istiod",
        ISTIOD,
        WEBHOOKS,
        "webhooks.*.clientConfig.caBundle",
        "istiod puts its own certificate there",
    ),
    expected(
        "istiod",
        ISTIOD,
        ["ValidatingWebhookConfiguration"],
        "webhooks.*.failurePolicy",
        "istiod sets Fail once it is ready to validate",
    ),
    expected(
        "cert-manager",
        /^cainjector|^cert-manager-cainjector/,
        WEBHOOKS,
        "webhooks.*.clientConfig.caBundle",
        "it puts its certificate there",
    ),
    expected(
        "the autoscaler",
        /^kube-controller-manager$/,
        SCALED,
        "spec.replicas",
        "an HorizontalPodAutoscaler sets the number of pods",
        "scale",
    ),
    expected(
        "Kubernetes",
        /^kube-controller-manager$/,
        ["Deployment"],
        'metadata.annotations["deployment.kubernetes.io/revision"]',
        "counts rollouts",
    ),
    expected(
        "kubectl rollout restart",
        /^kubectl-rollout$/,
        ["Deployment", "DaemonSet", "StatefulSet"],
        'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]',
        "restarts workloads, as changes of the data plane ask for",
    ),
    expected(
        "Kubernetes",
        /^kube-apiserver$|^kube-controller-manager$/,
        ["Namespace"],
        'metadata.labels["kubernetes.io/metadata.name"]',
        "every namespace says its name",
    ),
    expected(
        "the cloud",
        /cloud-controller-manager$/,
        ["Service"],
        "spec.**",
        "load balancers are given ports and addresses",
    ),
    expected(
        "the cloud",
        /cloud-controller-manager$/,
        ["Service"],
        "metadata.**",
        "load balancers are marked",
    ),
    expected(
        "the Sail Operator",
        /^sail-operator$|^manager$/,
        ["Istio", "IstioCNI", "ZTunnel", "IstioRevision", "IstioRevisionTag"],
        "metadata.finalizers.**",
        "it cleans up before its objects go",
    ),
    expected(
        "the Sail Operator",
        /^sail-operator$|^manager$/,
        ["Istio", "IstioCNI", "ZTunnel", "IstioRevision", "IstioRevisionTag"],
        "metadata.ownerReferences.**",
        "its objects go with what made them",
    ),
];

/** What the API server itself keeps: never drift. */
const KEPT_BY_SERVER = [
    "status.**",
    "metadata.resourceVersion",
    "metadata.generation",
    "metadata.uid",
    "metadata.creationTimestamp",
    "metadata.managedFields.**",
    "metadata.selfLink",
].map(parsePath);

/** Whether a field is the API server's own. */
export function isKeptByServer(path: Path): boolean {
    return KEPT_BY_SERVER.some((pattern) => fits(path, pattern));
}

/** The row of the table that explains a change; undefined for drift. */
export function expectedWriter(
    kind: string,
    path: Path,
    writer: Writer | undefined,
): ExpectedWriter | undefined {
    if (writer === undefined) return undefined;
    return EXPECTED_WRITERS.find(
        (each) =>
            each.manager.test(writer.manager) &&
            (each.subresource === undefined || each.subresource === writer.subresource) &&
            each.kinds.includes(kind) &&
            fits(path, each.path),
    );
}

const PEOPLE: readonly (readonly [manager: RegExp, who: string])[] = [
    [/^kubectl/, "somebody with kubectl, by hand"],
    [
        /^(k9s|lens|OpenLens|Mozilla|node-fetch|headlamp|dashboard)/i,
        "somebody with a Kubernetes console, by hand",
    ],
    [ISTIOD, "istiod"],
    [/^istioctl/, "somebody with istioctl, by hand"],
    [/^helm$/i, "somebody with Helm, or Helm in another pipeline"],
    [/^(argocd|argo-cd)/, "Argo CD"],
    [/^(kustomize-controller|helm-controller|flux)/, "Flux"],
    [/^pulumi-/, "another Pulumi stack, or a run of this one that isn't in its state"],
    [/^(kube-controller-manager|horizontal-pod-autoscaler)$/, "a controller of Kubernetes"],
    [/operator|controller|^manager$/, "an operator"],
];

/** Who a writer is, in words, with the name by which the API server knows it. */
export function whoIs(writer: Writer | undefined): string {
    if (writer === undefined) return "nobody that the API server remembers";
    const { manager, subresource, operation, time } = writer;
    const who =
        manager === "kube-controller-manager" && subresource === "scale"
            ? "an autoscaler (HPA)"
            : (PEOPLE.find(([pattern]) => pattern.test(manager))?.[1] ?? "a program");
    const through = subresource === undefined ? operation : `${operation} of ${subresource}`;
    return `${who} (${manager}, ${through}${time === "" ? "" : `, ${time}`})`;
}
