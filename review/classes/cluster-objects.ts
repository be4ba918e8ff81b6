/** Everything else in the cluster, and what isn't in the cluster at all. */
import { isList, isTree, listAt, textAt } from "../events/tree";
import type { Tree, Value } from "../events/tree";
import { updates, when } from "./rows";
import type { Condition, Row } from "./rows";

/** What a role lets its holder do beyond its task, as `group/resource:verb`; `*` and secrets among it. */
function grants(role: Tree): ReadonlySet<string> {
    const texts = (rule: Value, key: string) => listAt(rule, [key]).map(String);
    return new Set(
        listAt(role, ["rules"]).flatMap((rule) =>
            texts(rule, "resources").flatMap((resource) =>
                texts(rule, "verbs").flatMap((verb) =>
                    texts(rule, "apiGroups").map((group) => `${group}/${resource}:${verb}`),
                ),
            ),
        ),
    );
}

function isPowerful(grant: string): boolean {
    return /\*|\/secrets:|serviceaccounts\/token|:(escalate|bind|impersonate)$/.test(grant);
}

const morePower: Condition = {
    says: "and it grants secrets, everything, or the right to grant",
    holds: ({ before, after }) => {
        const old = grants(before);
        return [...grants(after)].some((grant) => isPowerful(grant) && !old.has(grant));
    },
};

const powerfulRole: Condition = {
    says: "and it binds cluster-admin or admin",
    holds: ({ after }) => /^(cluster-)?admin$/.test(textAt(after, ["roleRef", "name"]) ?? ""),
};

/** Whether a version of a CRD is no longer served. */
const servesLess: Condition = {
    says: "and a version is no longer served",
    holds: ({ before, after }) => {
        const served = (crd: Tree) =>
            listAt(crd, ["spec", "versions"])
                .filter((version) => isTree(version) && version["served"] !== false)
                .map((version) => textAt(version, ["name"]));
        const now = served(after);
        return served(before).some((name) => !now.includes(name));
    },
};

const holdsData: Condition = {
    says: "and it holds data",
    holds: ({ before }) => {
        const templates = before["spec"];
        return isTree(templates) && isList(templates["volumeClaimTemplates"]);
    },
};

const comesAndGoes = (kind: string, update: string, gone: string): readonly Row[] => [
    ...updates(kind, [["**", "nothing", update]]),
    when("create", kind, "nothing", update),
    when("delete", kind, "nothing", gone),
    when("replace", kind, "nothing", gone),
];

export const clusterObjects: readonly Row[] = [
    ...updates("CustomResourceDefinition", [
        [
            "spec.versions.**",
            "irreversible",
            "Objects and clients of a version that is no longer served stop working.",
            servesLess,
        ],
        [
            "**",
            "nothing",
            "The API server checks objects of this kind by another schema; those there stay.",
        ],
    ]),
    when("create", "CustomResourceDefinition", "nothing", "The API server knows a kind more."),
    when(
        "delete",
        "CustomResourceDefinition",
        "irreversible",
        "Every object of the kind is deleted with it, also what this stack didn't make.",
    ),
    when(
        "replace",
        "CustomResourceDefinition",
        "irreversible",
        "Every object of the kind is deleted, also what this stack didn't make.",
    ),
    ...["ClusterRole", "Role"].flatMap((kind): readonly Row[] => [
        ...updates(kind, [
            [
                "rules.**",
                "security-weakened",
                "Its holders may do much more than before.",
                morePower,
            ],
            ["**", "nothing", "What its holders may do in the cluster; no traffic is touched."],
        ]),
        when("create", kind, "nothing", "Rights; a binding says whose."),
        when("delete", kind, "nothing", "Rights that end for its holders."),
        when("replace", kind, "nothing", "Rights that are gone for a moment."),
    ]),
    ...["ClusterRoleBinding", "RoleBinding"].flatMap((kind): readonly Row[] => [
        ...updates(kind, [
            ["subjects.**", "security-weakened", "Others hold these rights from now on."],
            ["**", "nothing", "A binding of rights; no traffic is touched."],
        ]),
        when("create", kind, "security-weakened", "Somebody gets all rights.", powerfulRole),
        when("create", kind, "nothing", "Somebody gets the rights of a role."),
        when("delete", kind, "nothing", "Rights that end for their holders."),
        when("replace", kind, "nothing", "Rights that are gone for a moment."),
    ]),
    ...comesAndGoes("ServiceAccount", "An identity for pods.", "No new pod can run as it."),
    ...comesAndGoes(
        "ResourceQuota",
        "How much a namespace may hold; what runs stays.",
        "The namespace may hold more.",
    ),
    ...comesAndGoes(
        "LimitRange",
        "Defaults for pods that start anew.",
        "No defaults for pods that start anew.",
    ),
    ...comesAndGoes(
        "PriorityClass",
        "Which pods give way to others.",
        "Pods that name it can't start.",
    ),
    ...comesAndGoes(
        "GatewayClass",
        "Which controller serves gateways of this class.",
        "Gateways of this class are served no more.",
    ),
    ...comesAndGoes(
        "ValidatingAdmissionPolicy",
        "What the API server lets in.",
        "The API server lets more in.",
    ),
    ...comesAndGoes(
        "ValidatingAdmissionPolicyBinding",
        "What the API server lets in.",
        "The API server lets more in.",
    ),
    ...comesAndGoes(
        "Certificate",
        "cert-manager issues it anew into the same Secret; who serves it takes it over while running.",
        "cert-manager no longer renews it; what is in its Secret serves until it expires.",
    ),
    ...comesAndGoes(
        "Kiali",
        "What Kiali shows, and to whom.",
        "Nobody sees the mesh in Kiali any more.",
    ),
    ...comesAndGoes("ServiceMonitor", "What Prometheus collects.", "Prometheus collects less."),
    ...comesAndGoes("PodMonitor", "What Prometheus collects.", "Prometheus collects less."),
    ...comesAndGoes("PrometheusRule", "What Prometheus warns of.", "Prometheus warns of less."),
    ...updates("NetworkPolicy", [
        ["spec.**", "traffic-shifted", "The network lets other traffic through, under the mesh."],
    ]),
    when(
        "create",
        "NetworkPolicy",
        "traffic-shifted",
        "The network refuses what it doesn't name, under the mesh.",
    ),
    when(
        "delete",
        "NetworkPolicy",
        ["traffic-shifted", "security-weakened"],
        "The network lets through what it refused.",
    ),
    when(
        "replace",
        "NetworkPolicy",
        ["traffic-shifted", "security-weakened"],
        "For a moment the network lets through what it refused.",
    ),
    ...updates("Secret", [
        [
            "data.**",
            "config-push",
            "Proxies that serve this certificate or key get the new one; pods that mount it see it later.",
        ],
        [
            "stringData.**",
            "config-push",
            "Proxies that serve this certificate or key get the new one; pods that mount it see it later.",
        ],
    ]),
    when("create", "Secret", "nothing", "A new secret."),
    when(
        "delete",
        "Secret",
        ["config-push", "irreversible"],
        "Its content is lost; gateways that serve it lose their certificate.",
    ),
    when(
        "replace",
        "Secret",
        "config-push",
        "Made anew with the content that the stack states; gateways that serve it get the new one.",
    ),
    ...updates("PersistentVolumeClaim", [
        ["spec.**", "nothing", "The volume grows; what is on it stays."],
    ]),
    when("create", "PersistentVolumeClaim", "nothing", "A new volume."),
    when(
        "delete",
        "PersistentVolumeClaim",
        "irreversible",
        "What is on the volume may be lost with it.",
    ),
    when(
        "replace",
        "PersistentVolumeClaim",
        "irreversible",
        "What is on the volume may be lost with it.",
    ),
    when(
        "delete",
        "StatefulSet",
        "irreversible",
        "Its pods end; what is on their volumes may be lost.",
        holdsData,
    ),
    ...updates("ConfigMap", [
        [
            "**",
            "nothing",
            "Settings that no part of Istio reads; pods that mount them see them later.",
        ],
    ]),
    when("create", "ConfigMap", "nothing", "Settings that no part of Istio reads."),
    when(
        "delete",
        "ConfigMap",
        "nothing",
        "Settings that no part of Istio reads; pods that mount them can't start anew.",
    ),
    when(
        "replace",
        "ConfigMap",
        "nothing",
        "Settings that no part of Istio reads, gone for a moment.",
    ),
    ...updates("provider", [
        [
            "kubeconfig",
            "irreversible",
            "The whole stack is aimed at another cluster: what it made stays in the old one.",
        ],
        [
            "context",
            "irreversible",
            "The whole stack is aimed at another cluster: what it made stays in the old one.",
        ],
        [
            "cluster",
            "irreversible",
            "The whole stack is aimed at another cluster: what it made stays in the old one.",
        ],
        ["**", "nothing", "How the engine speaks to the cluster."],
    ]),
    when("create", "provider", "nothing", "How the engine speaks to the cluster."),
    when("delete", "provider", "nothing", "How the engine spoke to the cluster."),
    when(
        "replace",
        "provider",
        "irreversible",
        "The whole stack is aimed at another cluster: everything is made anew there.",
    ),
    ...updates("random", [["**", "nothing", "How a value is made; the value stays."]]),
    when("create", "random", "nothing", "A new random value."),
    when("delete", "random", "irreversible", "A generated value, a password perhaps, is lost."),
    when(
        "replace",
        "random",
        "irreversible",
        "A generated value, a password perhaps, becomes another.",
    ),
    ...updates("component", [["**", "nothing", "A component: what it does is in its parts."]]),
    when("create", "component", "nothing", "A component: what it does is in its parts."),
    when("delete", "component", "nothing", "A component: what it does is in its parts."),
    when("replace", "component", "nothing", "A component: what it does is in its parts."),
    // Last of all, for every object: what no controller of a mesh reads.
    ...updates("any", [
        ["metadata.labels.**", "nothing", "A label that no part of the mesh reads."],
        ["metadata.annotations.**", "nothing", "An annotation that no part of the mesh reads."],
        ["metadata.ownerReferences.**", "nothing", "Which object it goes with."],
        ["metadata.finalizers.**", "nothing", "What must be done before it goes."],
    ]),
];
