/** What clients speak to the mesh's workloads: TLS settings of DestinationRules against what servers take. */
import { clientTlsOf } from "../policy/client-tls";
import { controlPlanesOf } from "../policy/control-planes";
import type { Stack } from "../policy/found";
import { fullHost, namespacesOf } from "../policy/hosts";
import { carries } from "../policy/selectors";
import type { CheckName, Finding } from "./findings";
import { membersOf } from "./members";
import type { Member } from "./members";
import { demandOn } from "./mtls";

/** Findings about clients. */
export function clientFindings(stack: Stack): readonly Finding[] {
    return [...autoMtlsOff(stack), ...ruleFindings(stack)];
}

function* autoMtlsOff(stack: Stack): Generator<Finding> {
    for (const { found, meshConfig } of stack.view(controlPlanesOf)) {
        if (meshConfig?.enableAutoMtls !== false) continue;
        yield {
            check: "no-auto-mtls",
            subject: `Deployment ${found.name}`,
            what: "the mesh's configuration has enableAutoMtls: false, so clients with sidecars speak plaintext wherever no DestinationRule says ISTIO_MUTUAL.",
            fix: "Remove enableAutoMtls from the mesh's configuration: istiod then follows what each server takes.",
        };
    }
}

/** Pods behind a host of the cluster; undefined for other hosts. */
function serversOf(host: string, namespace: string, stack: Stack): readonly Member[] | undefined {
    const full = fullHost(host, namespace, stack.view(namespacesOf));
    const service = stack
        .all("service")
        .find((one) => fullHost(one.shortName, one.namespace) === full);
    const selector = service?.object.spec?.selector;
    if (service === undefined || Object.keys(selector ?? {}).length === 0) return undefined;
    return stack
        .view(membersOf)
        .filter(
            ({ namespace: at, pod, role }) =>
                at === service.namespace &&
                role === "app" &&
                carries(pod.metadata.labels, selector),
        );
}

function* ruleFindings(stack: Stack): Generator<Finding> {
    for (const { object, namespace, name } of stack.all("destinationRule")) {
        const host = object.spec?.host ?? "";
        const servers = serversOf(host, namespace, stack) ?? [];
        for (const { field, tls } of clientTlsOf(object)) {
            const mode = tls.mode ?? "DISABLE";
            const wrong = servers.flatMap((server) => clash(server, mode, stack) ?? [])[0];
            if (wrong === undefined) continue;
            yield {
                check: wrong.check,
                subject: `DestinationRule ${name}`,
                what: `it has mode ${mode} in ${field} for ${host}, ${wrong.what}.`,
                fix: wrong.fix,
            };
        }
    }
}

interface Clash {
    readonly check: CheckName;
    readonly what: string;
    readonly fix: string;
}

const REMOVE = "Remove the tls block: Istio then follows what the server takes.";

/** Where a client's TLS doesn't fit a server. */
function clash(server: Member, mode: string, stack: Stack): Clash | undefined {
    const { plane, namespace, pod, name } = server;
    const demand = demandOn(namespace, pod.metadata.labels ?? {}, stack);
    const off = plane === "none" || (plane === "sidecar" && demand.mode === "DISABLE");
    if (mode === "ISTIO_MUTUAL") {
        if (!off) return undefined;
        const why = plane === "none" ? "is outside the mesh" : `is set to DISABLE by ${demand.by}`;
        return {
            check: "client-tls",
            what: `but pod ${name} behind it ${why} and takes no mutual TLS: requests fail with 503`,
            fix: "Bring the server into the mesh, or remove the tls block: Istio then follows what the server takes.",
        };
    }
    // A server outside may well speak TLS of its own.
    if (off) return undefined;
    if (demand.mode === "STRICT") {
        return {
            check: "client-tls",
            what: `but ${demand.by} demands STRICT of pod ${name} behind it: requests fail with a connection reset`,
            fix: REMOVE,
        };
    }
    return mode === "DISABLE"
        ? {
              check: "client-tls",
              what: `so clients with sidecars and gateways speak plaintext to pod ${name}, which would take mutual TLS`,
              fix: REMOVE,
          }
        : {
              check: "tls-of-its-own",
              what: `so pod ${name} behind it doesn't learn who calls`,
              fix: REMOVE,
          };
}
