import { dataPlanesOf } from "../../data-planes";
import { protocolOf } from "../../protocols";
import { stackRule } from "../../rule";

export const requirePortProtocols = stackRule({
    name: "require-port-protocols",
    displayName: "Ports say what they speak",
    description:
        "Every port of a Service in a served namespace names its protocol, by name or appProtocol.",
    why:
        "Where neither the name nor appProtocol says one, Istio guesses from the first bytes: servers that " +
        "speak first hang for a while, and what isn't recognized gets no routes, retries or HTTP metrics. " +
        "Judged are namespaces of the stack that the mesh serves.",
    severity: "low",
    enforcementLevel: "advisory",
    remediationSteps:
        "Set appProtocol (http, http2, grpc, https, tls, tcp, mongo, mysql, redis), or start the port's name so: http-web.",
    url: "https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/",
    tags: ["traffic", "services"],
    reads: ["namespace"],
    judge: {
        *service({ subject, namespace, object: { metadata, spec } }, _, stack) {
            const plane = stack.view(dataPlanesOf).get(namespace);
            if (!plane || plane.mode === "none") return;
            // istiod names the ports of the Gateways it deploys.
            if (metadata?.labels?.["gateway.istio.io/managed"] !== undefined) return;
            for (const port of spec?.ports ?? []) {
                const { name = "", appProtocol } = port;
                if (spec?.type === "ExternalName" && name === "tcp") {
                    yield (
                        `${subject} is of type ExternalName with a port named tcp, which matches every address; name ` +
                        "the protocol that it speaks (IST0150)."
                    );
                } else if (protocolOf(port) === undefined) {
                    const given =
                        appProtocol === undefined
                            ? `name "${name}" and no appProtocol`
                            : `appProtocol "${appProtocol}"`;
                    yield (
                        `${subject} has ${given} on port ${port.port}, so Istio guesses the protocol; set appProtocol ` +
                        `(${appProtocol === undefined ? "IST0118, KIA0601" : "IST0118, KIA0602"}).`
                    );
                }
            }
        },
    },
});
