/** Living meshes with one thing wrong, and what verify says of it, word by word. */
import { object } from "../support/policy";
import {
    ambient,
    AMBIENT,
    captured,
    INJECTED,
    injector,
    istiod,
    meshed,
    namespace,
    peer,
    pod,
    sidecars,
    STRICT,
    ztunnel,
} from "../support/live-mesh";
import type { Case } from "./well";

export interface Fault extends Case {
    /** `check | subject (pods) | what | fix`, in the report's order. */
    readonly finds: readonly string[];
}

const RESTART = "kubectl -n shop rollout restart deployment cart";
export const UNSTRICT = sidecars.filter((one) => one !== STRICT);
export const TAKEN =
    "Set STRICT: security.mtls for the mesh, namespaces[].mtls for one namespace, or a PeerAuthentication.";
const AHEAD = (what: string) =>
    `${what} 1.32.0 is newer than its istiod 1.31.3, which may send it what it doesn't understand. | ` +
    `Upgrade istiod to 1.32.0 first; or bring the ${what} back to 1.31.3.`;

export const POD_FAULTS: Readonly<Record<string, Fault>> = {
    "a ztunnel of another cluster": {
        objects: [...ambient, ztunnel("ztunnel/ztunnel-b", { cluster: "Kubernetes" })],
        finds: [
            'cluster-name | Pod ztunnel/ztunnel-b | this ztunnel says it is in cluster "Kubernetes", but istiod ' +
                'knows only "c1": istiod refuses it ("authentication failure"), and no ambient pod on its node has ' +
                "traffic. | Give both the same name: multiCluster.clusterName of ztunnel's chart, or cluster.name of " +
                "a stack of this program; then restart ztunnel. docs/ztunnel-cluster-name.md has the whole story.",
        ],
    },
    "a ztunnel that istiod doesn't trust": {
        objects: [...ambient, ztunnel("kube-system/ztunnel-b")],
        finds: [
            "untrusted-ztunnel | Pod kube-system/ztunnel-b | this ztunnel runs as kube-system/ztunnel, but istiod " +
                "trusts ztunnel/ztunnel: it is ready and gets no certificate for any pod. | Set " +
                "pilot.trustedZtunnelNamespace: kube-system for istiod, and pilot.trustedZtunnelName where the " +
                "account isn't named ztunnel.",
        ],
    },
    "a ztunnel that is ahead": {
        objects: [...ambient, ztunnel("ztunnel/ztunnel-b", { version: "1.32.0" })],
        finds: [`proxy-ahead | Pod ztunnel/ztunnel-b | ${AHEAD("ztunnel")}`],
    },
    "a node without a ready ztunnel": {
        objects: [
            ...ambient,
            captured("shop/cart-a", { node: "node-1" }),
            ztunnel("ztunnel/ztunnel-b", { node: "node-1", ready: false }),
        ],
        finds: [
            "no-ztunnel | Node node-1 (shop/cart-a) | no ztunnel is ready here, so these ambient pods can't be " +
                "reached and can't call anyone. | kubectl get pods -A -l app=ztunnel --field-selector " +
                "spec.nodeName=node-1 shows it or its absence; its log says why.",
        ],
    },
    "a sidecar of another cluster, one of two pods": {
        objects: [
            ...sidecars,
            meshed("shop/cart-a"),
            meshed("shop/cart-b", { cluster: "Kubernetes" }),
        ],
        finds: [
            'cluster-name | Deployment shop/cart (shop/cart-b) | its proxy says it is in cluster "Kubernetes", but ' +
                'istiod knows only "c1" and refuses it. | Its proxy was told before istiod\'s name changed, or by its ' +
                `own annotations; take those away, then ${RESTART}`,
        ],
    },
    "a sidecar that is ahead": {
        objects: [...sidecars, meshed("shop/cart-a", { version: "1.32.0" })],
        finds: [`proxy-ahead | Deployment shop/cart | ${AHEAD("proxy")}`],
    },
    "a sidecar from before an upgrade": {
        objects: [...sidecars, meshed("shop/cart-a", { version: "1.30.4" })],
        finds: [
            `old-version | Deployment shop/cart | its proxy is 1.30.4, and its istiod is 1.31.3. | ${RESTART}`,
        ],
    },
    "a sidecar from before a tag moved": {
        objects: [
            ...istiod({ revision: "old" }),
            ...istiod({ revision: "new" }),
            injector("istio-revision-tag-prod", { "istio.io/rev": "new", "istio.io/tag": "prod" }),
            namespace("shop", { "istio.io/rev": "prod" }),
            STRICT,
            meshed("shop/cart-a", { revision: "old" }),
        ],
        finds: [
            'old-revision | Deployment shop/cart | its proxy is of revision "old", and its labels ask for "new", by ' +
                `tag "prod". | ${RESTART}`,
        ],
    },
    "a sidecar in a namespace that moved to ambient": {
        objects: [...ambient, meshed("shop/cart-a")],
        finds: [
            "other-data-plane | Deployment shop/cart | it has a sidecar, and its labels ask for ambient now: the " +
                `sidecar goes on until the pod is made anew. | ${RESTART}`,
        ],
    },
    "a sidecar from before ambient": {
        objects: [
            ...istiod({
                mesh: { defaultConfig: { proxyMetadata: { ISTIO_META_ENABLE_HBONE: "true" } } },
            }),
            namespace("shop", INJECTED),
            STRICT,
            meshed("shop/cart-a"),
        ],
        finds: [
            "without-hbone | Deployment shop/cart | its sidecar is from before the mesh had ambient, so it speaks " +
                `plaintext to ambient pods, which STRICT ones refuse. | ${RESTART}`,
        ],
    },
    "a pod from before the label": {
        objects: [...sidecars, pod("shop/cart-a", { of: "cart-7d4b9" }), pod("shop/lone")],
        finds: [
            "no-sidecar | Deployment shop/cart | its labels ask for a sidecar and it has none: it was made before " +
                `the label, or while the injector didn't answer. It takes and sends plaintext. | ${RESTART}`,
            "no-sidecar | Pod shop/lone | its labels ask for a sidecar and it has none: it was made before the " +
                "label, or while the injector didn't answer. It takes and sends plaintext. | Delete the pod and make " +
                "it anew: kubectl -n shop delete pod lone",
        ],
    },
    "a pod that opted out": {
        objects: [
            ...sidecars,
            pod("shop/cart-a", {
                of: "cart-7d4b9",
                labels: { "sidecar.istio.io/inject": "false" },
            }),
        ],
        finds: [
            "outside-by-choice | Deployment shop/cart | namespace shop is in the mesh and its pod isn't: it has " +
                'sidecar.istio.io/inject="false". It takes and sends plaintext. | Remove what keeps it out (such as ' +
                'sidecar.istio.io/inject: "false"), or keep it in a namespace outside the mesh.',
        ],
    },
    "a revision that nobody injects": {
        objects: [
            ...istiod(),
            STRICT,
            namespace("shop", { "istio.io/rev": "gone" }),
            pod("shop/cart-a", { of: "cart-7d4b9" }),
            namespace("other"),
            pod("other/cart-a", { labels: { "istio.io/rev": "lost" } }),
        ],
        finds: [
            'no-injector | Namespace shop | it has istio.io/rev=gone, and no istiod injects for revision or tag "gone", ' +
                "so new pods get no sidecar. | Label it with one of those that inject: kubectl label namespace shop " +
                "--overwrite istio.io/rev=<default>; or add a tag of that name.",
            "no-injector | Pod other/cart-a | it has istio.io/rev=lost, a revision or tag that nobody injects, so it " +
                "has no sidecar. | Name a revision or tag that injects, or none.",
        ],
    },
    "labels for both data planes": {
        objects: [...sidecars, namespace("both", { ...INJECTED, ...AMBIENT })],
        finds: [
            "conflicting-labels | Namespace both | it has istio-injection=enabled and istio.io/dataplane-mode=ambient: " +
                "sidecars win, and ztunnel leaves pods with a sidecar alone. | For ambient: kubectl label namespace " +
                "both istio-injection- and restart its workloads. For sidecars: kubectl label namespace both " +
                "istio.io/dataplane-mode-",
        ],
    },
    "an ambient pod that isn't captured": {
        objects: [...ambient, pod("shop/cart-a", { of: "cart-7d4b9" })],
        finds: [
            "not-captured | Deployment shop/cart | its labels ask for ambient, and the node agent hasn't led its " +
                "traffic through ztunnel: it takes and sends plaintext. | Look at istio-cni-node's log on its node " +
                `(kubectl -n istio-cni logs ds/istio-cni-node); then ${RESTART}`,
        ],
    },
    "a waypoint that isn't there, and one that isn't ready": {
        objects: [
            ...ambient,
            captured("shop/cart-a"),
            object("service", "shop/cart", {
                metadata: { labels: { "istio.io/use-waypoint": "slow" } },
            }),
            object("service", "shop/web", {
                metadata: { labels: { "istio.io/use-waypoint": "lost" } },
            }),
            object("gateway", "shop/slow", { spec: { gatewayClassName: "istio-waypoint" } }),
        ],
        finds: [
            "no-waypoint | Service shop/cart | it names the waypoint shop/slow, but Gateway shop/slow isn't " +
                "Programmed: HTTP rules, routes and telemetry of its services aren't applied, or their requests fail. " +
                "| kubectl -n shop describe gateway slow says what it waits for.",
            "no-waypoint | Service shop/web | it names the waypoint shop/lost, but there is no Gateway shop/lost: " +
                "HTTP rules, routes and telemetry of its services aren't applied, or their requests fail. | Add the " +
                "waypoint (namespaces[].waypoint: true in a stack of this program), or remove the label " +
                "istio.io/use-waypoint.",
        ],
    },
    "a workload that takes plaintext by default": {
        objects: [...UNSTRICT, meshed("shop/cart-a")],
        finds: [
            "plaintext-taken | Deployment shop/cart | it takes plaintext beside mutual TLS: no PeerAuthentication says " +
                `otherwise, and Istio's default is PERMISSIVE. | ${TAKEN}`,
        ],
    },
    "DISABLE, at a sidecar and at ztunnel": {
        objects: [
            ...istiod(),
            ztunnel(),
            peer("istio-system/default", "DISABLE"),
            namespace("shop", INJECTED),
            meshed("shop/cart-a"),
            namespace("calm", AMBIENT),
            captured("calm/cart-a"),
        ],
        finds: [
            "plaintext-only | Deployment shop/cart | it takes plaintext only: PeerAuthentication istio-system/default " +
                "says DISABLE. | Set its mode to STRICT, or to PERMISSIVE while clients outside the mesh move in.",
            "plaintext-taken | Deployment calm/cart | it takes plaintext beside mutual TLS: PeerAuthentication " +
                `istio-system/default says DISABLE. | ${TAKEN}`,
        ],
    },
    "one port without mutual TLS": {
        objects: [
            ...sidecars,
            meshed("shop/cart-a"),
            peer("shop/cart", "UNSET", {
                selector: { matchLabels: { app: "cart" } },
                portLevelMtls: { "8080": { mode: "DISABLE" }, "9090": { mode: "STRICT" } },
            }),
        ],
        finds: [
            "plaintext-only | Deployment shop/cart | it takes plaintext only on port 8080: a PeerAuthentication says " +
                "DISABLE on port 8080. | Set its mode to STRICT, or to PERMISSIVE while clients outside the mesh " +
                "move in.",
        ],
    },
    "a proxy that istiod doesn't know": {
        objects: [...sidecars, meshed("shop/cart-a")],
        connected: { "shop/other": "synced" },
        finds: [
            "not-connected | Deployment shop/cart | no istiod knows its proxy: it gets no configuration, and no " +
                "certificate once its own expires. | kubectl -n shop logs cart-a -c istio-proxy says why: an address, " +
                "a name of the cluster or a token that istiod refuses.",
        ],
    },
    "a proxy that refused what istiod sent": {
        objects: [...sidecars, meshed("shop/cart-a")],
        connected: { "shop/cart-a": "LDS not taken" },
        finds: [
            "not-connected | Deployment shop/cart | its proxy hasn't taken what istiod sent: LDS not taken. | kubectl " +
                "-n shop logs cart-a -c istio-proxy says what it refused; or wait and ask again.",
        ],
    },
};
