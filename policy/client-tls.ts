/** Where a DestinationRule says how clients speak TLS: for all, per port, and again in each subset. */
import type { ClientTls, DestinationRule, TrafficPolicy } from "./kinds/istio-networking";

/** One place, as messages name it: `spec.subsets[0].trafficPolicy.tls`. */
export interface ClientTlsPlace {
    readonly field: string;
    readonly tls: ClientTls;
    /** `destination` for all ports, `port` for one. */
    readonly level: "destination" | "port";
}

/** Every TLS setting of a DestinationRule, in its own order. */
export function* clientTlsOf({ spec }: DestinationRule): Generator<ClientTlsPlace> {
    yield* inPolicy("spec.trafficPolicy", spec?.trafficPolicy);
    for (const [index, { trafficPolicy }] of (spec?.subsets ?? []).entries()) {
        yield* inPolicy(`spec.subsets[${index}].trafficPolicy`, trafficPolicy);
    }
}

function* inPolicy(field: string, policy: TrafficPolicy | undefined): Generator<ClientTlsPlace> {
    if (policy?.tls) yield { field: `${field}.tls`, tls: policy.tls, level: "destination" };
    for (const [index, { tls }] of (policy?.portLevelSettings ?? []).entries()) {
        if (tls) yield { field: `${field}.portLevelSettings[${index}].tls`, tls, level: "port" };
    }
}
