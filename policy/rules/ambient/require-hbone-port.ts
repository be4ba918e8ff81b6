import { dataPlanesOf } from "../../data-planes";
import type { NetworkPolicy } from "../../kinds/kubernetes";
import { stackRule } from "../../rule";

/** Where ztunnel takes connections of the mesh, in every pod's own network. */
const HBONE = 15008;

type Port = NonNullable<
    NonNullable<NonNullable<NetworkPolicy["spec"]>["ingress"]>[number]["ports"]
>[number];

function takesHbone({ port, endPort, protocol = "TCP" }: Port): boolean {
    if (protocol !== "TCP") return false;
    if (port === undefined) return true;
    // A named port is the application's.
    return typeof port === "number" && port <= HBONE && HBONE <= (endPort ?? port);
}

export const requireHbonePort = stackRule({
    name: "require-hbone-port",
    displayName: "Network policies let ambient's port through",
    description: "Every NetworkPolicy that limits the ports of pods in ambient allows TCP 15008.",
    why:
        "In ambient every connection between pods arrives at port 15008, whatever port the application " +
        "has. A NetworkPolicy that allows the application's port alone worked before, and cuts the pod " +
        "off from the whole mesh on the day its namespace joins.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps: "Add TCP port 15008 to the ports that the NetworkPolicy allows.",
    url: "https://istio.io/latest/docs/ambient/usage/networkpolicy/",
    tags: ["ambient", "ztunnel"],
    reads: ["namespace"],
    judge: {
        *networkPolicy({ subject, namespace, object: { spec } }, _config, stack) {
            if (stack.view(dataPlanesOf).get(namespace)?.mode !== "ambient") return;
            const ports = (spec?.ingress ?? []).map((rule) => rule.ports ?? []);
            // Without rules it denies all on purpose; a rule without ports takes every port.
            if (
                ports.length === 0 ||
                ports.some((own) => own.length === 0 || own.some(takesHbone))
            ) {
                return;
            }
            const allowed = ports
                .flat()
                .map(({ port, endPort }) =>
                    endPort === undefined ? String(port) : `${String(port)}-${endPort}`,
                );
            yield (
                `${subject} allows ${allowed.join(", ")} for pods in ambient, but not ${HBONE}, at which ztunnel ` +
                `takes all connections of the mesh; add TCP ${HBONE}.`
            );
        },
    },
});
