import { objectRule } from "../../rule";

export const forbidAnonymousKiali = objectRule({
    name: "forbid-anonymous-kiali",
    displayName: "Kiali knows who looks",
    description: "A Kiali asks everybody for a login.",
    why:
        "Kiali shows every workload, its traffic, logs and Istio's configuration, with rights of its own rather " +
        "than the reader's. Open to anybody, whoever reaches its Service has all of that.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set `spec.auth.strategy` to token, openid, openshift or header; in this program, " +
        "`observability.kiali.auth`.",
    url: "https://kiali.io/docs/configuration/authentication/",
    tags: ["secrets", "kiali", "observability"],
    judge: {
        *kiali({ subject, object: { spec } }) {
            if (spec?.auth?.strategy !== "anonymous") return;
            yield (
                `${subject} lets anybody in, who then sees all of the mesh; set its auth.strategy to token, openid, ` +
                "openshift or header."
            );
        },
    },
});
