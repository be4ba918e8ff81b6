/**
 * Further revisions of istiod beside a stack's own, from the same chart and values, each with its tags, as the
 * environment's TEST_REVISIONS says: `{"blue": ["stable"], "green": []}`.
 */
import * as k8s from "@pulumi/kubernetes";
import { chartSource } from "../../components/plan/chart-source";
import { helmPlan } from "../../components/plan/helm-plan";
import { loadConfig } from "../../config";

export = async (): Promise<object> => {
    const { settings, target } = await loadConfig();
    const { kubeconfig, context } = target;
    const provider = new k8s.Provider("cluster", { kubeconfig, context });
    const step = helmPlan(settings).find(({ chart }) => chart === "istiod");
    if (step === undefined) throw new Error("the plan has no istiod");
    const istiods = JSON.parse(process.env["TEST_REVISIONS"] ?? "{}") as Record<string, string[]>;
    for (const [revision, revisionTags] of Object.entries(istiods)) {
        const { namespace, values } = step;
        const name = `istiod-${revision}`;
        const source = chartSource("istiod", settings);
        new k8s.helm.v4.Chart(
            name,
            { ...source, name, namespace, values: { ...values, revision, revisionTags } },
            { provider },
        );
    }
    return {};
};
