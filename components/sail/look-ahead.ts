import * as pulumi from "@pulumi/pulumi";
import type { ChartPlace } from "../plan/chart-source";
import { releasesOf } from "./operator-releases";
import type { SailObject } from "./plan";
import {
    adopted,
    lookAheadText,
    TEMPLATE,
    templateArguments,
    type RenderedObject,
} from "./rendering";

/** Arguments for LookAhead. */
export interface LookAheadArgs {
    /** The operator's objects as the stack declares them. */
    readonly objects: readonly SailObject[];
    /** Where Istio's charts come from. The operator has its own copies of the same charts. */
    readonly charts: ChartPlace;
}

/**
 * What the Sail Operator will create, which no preview would show: it is made in the cluster, after the
 * update. Renders the operator's charts from the values that it will compute, says so in the preview, and
 * carries the objects where the policy pack judges them. Registers nothing else, and changes nothing.
 */
export class LookAhead extends pulumi.ComponentResource {
    /**
     * The policy pack knows it by this token.
     * @internal
     */
    public static readonly __pulumiType = "istio-mesh:operator:Objects";
    /** The objects that the operator will create; none where the charts can't be had. */
    public readonly objects: pulumi.Output<readonly RenderedObject[]>;

    constructor(name: string, args: LookAheadArgs, opts?: pulumi.ComponentResourceOptions) {
        const provider = opts?.parent?.getProvider(TEMPLATE) ?? providerIn(opts);
        const objects = pulumi.output(render(args, provider === undefined ? {} : { provider }));
        // Object rules judge inputs, stack rules what is registered at the end.
        super(LookAhead.__pulumiType, name, { objects }, opts);
        this.objects = objects;
        this.registerOutputs({ objects });
    }
}

function providerIn(
    opts: pulumi.ComponentResourceOptions = {},
): pulumi.ProviderResource | undefined {
    const { providers = [] } = opts;
    return Array.isArray(providers) ? providers[0] : Object.values(providers)[0];
}

async function render(
    { objects, charts }: LookAheadArgs,
    options: pulumi.InvokeOptions,
): Promise<readonly RenderedObject[]> {
    try {
        const rendered = await Promise.all(
            releasesOf(objects).map(async (release) => {
                const { result } = (await pulumi.runtime.invoke(
                    TEMPLATE,
                    templateArguments(release, charts),
                    options,
                )) as { result: RenderedObject[] };
                return adopted(release, result).map(shortened);
            }),
        );
        const all = rendered.flat();
        if (pulumi.runtime.isDryRun()) await pulumi.log.info(lookAheadText(all));
        return all;
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        // What a template refuses, it refuses to the operator too.
        if (reason.includes("from template")) {
            throw new pulumi.RunError(`The Sail Operator could not install this: ${reason}`);
        }
        await pulumi.log.warn(
            `What the Sail Operator will create can't be shown or judged, because Istio's charts can't be had: ${reason}. Set charts.repository, charts.oci or charts.directory to a place that has them.`,
        );
        return [];
    }
}

/** An object without the injector's templates: they are the chart's, no setting changes them, and they are long. */
function shortened(object: RenderedObject): RenderedObject {
    const { data } = object as { data?: Readonly<Record<string, string>> };
    if (object.kind !== "ConfigMap" || data?.["config"] === undefined) return object;
    const { config: _templates, ...rest } = data;
    return { ...object, ...{ data: rest } };
}
