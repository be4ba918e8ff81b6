import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { childOf } from "./child";
import { toolChart } from "./observability/charts";
import { localDashboards } from "./observability/dashboards";
import { ADMIN_KEYS, grafanaValues } from "./observability/grafana-values";
import { checkedTool, type ToolArgs } from "./observability/tool-args";
import { makesPassword, NAMES } from "./observability/tools";

/** The admin's name, where this stack makes up the password. */
const ADMIN = "admin";

/**
 * Istio's dashboards in a Grafana by its chart. Unless a Secret is named, the admin's password is made up
 * and kept as a secret. The section's namespace must exist.
 */
export class Grafana extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:Grafana";

    /** @throws RunError that lists every wrong argument. */
    constructor(name: string, given: ToolArgs, opts?: pulumi.ComponentResourceOptions) {
        const args = checkedTool(`Grafana ${name}`, given);
        const { grafana, namespace } = args.observability;
        super(Grafana.__pulumiType, name, { grafana }, opts);
        const child = childOf(this, opts);
        const needed: pulumi.Resource[] = [];
        if (makesPassword(args)) {
            const password = new random.RandomPassword(
                `${name}-password`,
                { length: 32, special: false },
                { parent: this },
            );
            needed.push(
                new k8s.core.v1.Secret(
                    `${name}-admin`,
                    {
                        metadata: { name: NAMES.grafanaAdmin, namespace },
                        stringData: {
                            [ADMIN_KEYS.user]: ADMIN,
                            [ADMIN_KEYS.password]: password.result,
                        },
                    },
                    { ...child, deleteBeforeReplace: true },
                ),
            );
        }
        const { files } = localDashboards(args);
        if (Object.keys(files).length > 0) {
            needed.push(
                new k8s.core.v1.ConfigMap(
                    `${name}-dashboards`,
                    { metadata: { name: NAMES.dashboards, namespace }, data: { ...files } },
                    { ...child, deleteBeforeReplace: true },
                ),
            );
        }
        new k8s.helm.v4.Chart(
            `${name}-chart`,
            {
                ...toolChart("grafana", args),
                name: "grafana",
                namespace,
                values: grafanaValues(args),
            },
            needed.length > 0 ? { parent: this, dependsOn: needed } : child,
        );
        this.registerOutputs({});
    }
}
