/**
 * Denied cases for which istioctl's analyzers don't say the code that the rule names, and why the rule names it
 * all the same: people look for that code, and the mistake is the same.
 */
const ROUTES = "Its analyzer reads VirtualServices; routes of the Gateway API have the same fault.";
const CLUSTER = "Its analyzer asks the API server, which files don't have.";
const PODS = "Its analyzer looks at policies with pods only; here a policy comes before its pods.";

export const OTHERWISE: Readonly<Record<string, string>> = {
    "forbid-competing-policies: the same labels: IST0159": PODS,
    "forbid-competing-policies: two defaults of other kinds: IST0160":
        "Its analyzer takes an empty selector for one that selects; istiod takes it for none.",
    "forbid-conflicting-gateways: more labels for the same pods: IST0145":
        "Its analyzer compares Gateways of equal selectors; these differ and still meet on the same pods.",
    "forbid-overlapping-injection-webhooks: selectors that differ and still meet: IST0139":
        "Its analyzer tries Istio's own labels, not those of apps.",
    "forbid-proxy-user-id: users and groups of containers: IST0144":
        "Its analyzer looks neither at init containers nor at groups.",
    "forbid-shared-certificates: a file: IST0138": "Its analyzer compares credentialName only.",
    "forbid-shared-certificates: a list of Secrets: IST0138":
        "Its analyzer compares credentialName only, not credentialNames.",
    "match-gateway-api-version: a bundle that istiod sees only in part: IST0176":
        "Its analyzer has minimums for a few CRDs; a bundle is of one version.",
    "match-kubernetes-version: a release that is too old: IST0142": CLUSTER,
    "require-existing-credentials: a listener without: IST0101": ROUTES,
    "require-existing-webhook-service: a validator of a revision that is gone: IST0139":
        "Its analyzer looks at injectors only.",
    "require-known-hosts: a mirror's backend: IST0101": ROUTES,
    "require-known-hosts: backends of every kind: IST0101": ROUTES,
    "require-subset-workloads: the version elsewhere: IST0173":
        "Its analyzer counts pods of every namespace, also of those where the Service has none.",
};
