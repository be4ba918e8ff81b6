/**
 * The values of Istio's charts as the Sail Operator's objects take them. It runs the same charts, so
 * what they are told is the same; but each object has a schema, and the API server drops whatever that
 * doesn't know without a word. Here every such value is either said in the object's own way or known
 * to be what the operator does anyway.
 */
import type { CniValues, IstiodValues, SharedGlobal, ZtunnelValues } from "../plan/values";
import type { IstioCNISpec, IstioSpec, ZTunnelSpec } from "./crs.generated";

type Values<Spec extends { readonly values?: object }> = NonNullable<Spec["values"]>;

/** The one disruption budget that the operator can give istiod: the chart's default. */
export const ISTIOD_MIN_AVAILABLE = 1;

/**
 * Values of the Istio object.
 * @throws when the disruption budget isn't the chart's default, since the object has no `pdb`
 */
export function istioValues({
    pdb,
    // The operator keeps what istiod makes of its webhook's failure policy: nothing to say.
    base: _base,
    // The spec has a place of its own for it.
    profile: _profile,
    ...rest
}: IstiodValues): Values<IstioSpec> {
    if (pdb !== undefined && pdb.minAvailable !== ISTIOD_MIN_AVAILABLE) {
        throw new Error(`the Istio object can't say pdb.minAvailable: ${pdb.minAvailable}`);
    }
    return within<Values<IstioSpec>, typeof rest>(rest);
}

/** Values of the IstioCNI object, whose chart knows no identity. */
export function istioCniValues({ global, cni }: CniValues): Values<IstioCNISpec> {
    const values = { global: imagesOf(global), cni };
    return within<Values<IstioCNISpec>, typeof values>(values);
}

/**
 * Values of the ZTunnel object. Under `global` its schema has no place for the cluster's name, so
 * there it would vanish, and ztunnel would claim to be in cluster "Kubernetes".
 */
export function zTunnelValues({
    global,
    // The operator always lays the ambient profile over this chart.
    profile: _profile,
    ...rest
}: ZtunnelValues): Values<ZTunnelSpec> {
    const values = {
        // Also here, though it could come from the Istio object: images are pinned by what is here.
        global: imagesOf(global),
        ztunnel: {
            ...rest,
            multiCluster: global.multiCluster,
            ...(global.network === undefined ? {} : { network: global.network }),
        },
    };
    return within<Values<ZTunnelSpec>, typeof values>(values);
}

/** Which images to run, and where: what every object has a place for. */
function imagesOf({ hub, tag, platform }: SharedGlobal) {
    return { hub, tag, ...(platform === undefined ? {} : { platform }) };
}

/** A type with nothing in it, at any depth, that another doesn't know. */
type Within<Known, Given> = Given extends readonly (infer Item)[]
    ? Known extends readonly (infer KnownItem)[]
        ? readonly Within<KnownItem, Item>[]
        : never
    : Given extends object
      ? {
            [Key in keyof Given]: Key extends keyof Known
                ? Within<NonNullable<Known[Key]>, Given[Key]>
                : never;
        }
      : Given;

/** A value as another type, once the compiler has seen that the other knows every key of it. */
function within<Known, Given extends Known>(value: Given & Within<Known, Given>): Known {
    return value;
}
