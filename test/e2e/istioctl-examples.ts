/**
 * What the examples make, without a cluster: their own objects by the program's components against a played
 * engine, and Istio's charts as stack dev's recording has them. Other charts (Prometheus, Kiali) aren't among it.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Mesh, Workload } from "../../components";
import { checkSettings } from "../../settings/check";
import { problemsMessage } from "../../settings/problems";
import { deploy } from "../support/mocks";
import { recorded } from "../support/recorded";

export const EXAMPLES = join(__dirname, "../../examples");

const PREFIX = "istio-mesh:";

/** Tokens of Kubernetes' own and custom resources: `kubernetes:apps/v1:Deployment`, not charts. */
const OBJECT = /^kubernetes:((?:[a-z0-9.-]+\/)?v\d\w*):(\w+)$/;

/** Every object of an example. */
export async function objectsOfExample(name: string): Promise<readonly object[]> {
    const { config } = parse(readFileSync(join(EXAMPLES, name, `Pulumi.${name}.yaml`), "utf8")) as {
        config: Readonly<Record<string, unknown>>;
    };
    const own = Object.entries(config)
        .filter(([key]) => key.startsWith(PREFIX))
        .map(([key, value]) => [key.slice(PREFIX.length), value] as const);
    const { settings, problems } = checkSettings({
        ...Object.fromEntries(own),
        kubeContext: "context1",
    });
    assert.ok(settings !== undefined, problemsMessage(name, problems ?? []));
    const { workloads, kubeContext: _context, kubeconfig: _file, ...rest } = settings;
    const { resources } = await deploy(() => {
        const mesh = new Mesh("mesh", rest);
        for (const { namespace, ...workload } of workloads) {
            new Workload(
                `${namespace}/${workload.name}`,
                { ...workload, namespace: mesh.namespaceName(namespace) },
                { dependsOn: mesh },
            );
        }
    });
    const made = resources.flatMap(({ type, inputs }) => {
        const [, api = "", kind] = OBJECT.exec(type) ?? [];
        const known = ["helm.sh/", "yaml/"].some((charts) => api.startsWith(charts));
        return kind === undefined || known
            ? []
            : [withoutSecrets({ ...inputs, apiVersion: api.replace(/^core\//, ""), kind })];
    });
    const gateways = [...settings.gateways, ...settings.egressGateways].flatMap(
        ({ name: gateway, via }) => (via === "chart" ? [gateway] : []),
    );
    return [...made, ...controlPlane(), ...gateways.flatMap(gatewayChart)];
}

/** The objects of the charts base and istiod. */
function controlPlane(): readonly object[] {
    return chartObjects(/^mesh-helm-(base|istiod):/);
}

/** The gateway chart's objects: the recorded gateway's by another name. */
function gatewayChart(gateway: string): readonly object[] {
    const text = JSON.stringify(chartObjects(/istio-ingress/));
    const bare = gateway.replace(/^istio-/, "");
    return JSON.parse(
        text.replaceAll("istio-ingress", gateway).replaceAll('"ingress"', `"${bare}"`),
    ) as readonly object[];
}

function chartObjects(names: RegExp): readonly object[] {
    return recorded("dev").flatMap(({ name, props }) =>
        names.test(name) && "kind" in props && props.kind !== "Namespace" ? [props] : [],
    );
}

/** A Secret as the API server would take it: what is secret the engine tells nobody. */
function withoutSecrets(object: object): object {
    const { stringData } = object as { stringData?: Readonly<Record<string, unknown>> };
    if (stringData === undefined) return object;
    const keys = Object.keys(stringData);
    return { ...object, stringData: Object.fromEntries(keys.map((key) => [key, "(secret)"])) };
}
