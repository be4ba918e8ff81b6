import type { Settings } from "../../settings/schema";
import type { Manifest } from "../kinds";
import { ISTIO_SYSTEM } from "../plan/namespaces";
import type { ExtensionProvider } from "../plan/values";
import { samplingOf, toolsOf, TRACING_PROVIDER } from "./tools";

/** What the mesh's configuration says of where telemetry can go; which of it is used, a Telemetry says. */
export function extensionProviders(
    settings: Pick<Settings, "observability">,
): readonly ExtensionProvider[] {
    const collector = toolsOf(settings)?.collector;
    return collector === undefined
        ? []
        : [
              {
                  name: TRACING_PROVIDER,
                  opentelemetry: { service: collector.host, port: collector.port },
              },
          ];
}

/**
 * The Telemetry of the whole mesh: without one that names it, no proxy uses a provider. Istio takes one
 * without selector per namespace.
 */
export function meshTelemetry(
    settings: Pick<Settings, "observability" | "size">,
): Manifest | undefined {
    return extensionProviders(settings).length === 0
        ? undefined
        : {
              apiVersion: "telemetry.istio.io/v1",
              kind: "Telemetry",
              metadata: { name: "mesh-default", namespace: ISTIO_SYSTEM },
              spec: {
                  tracing: [
                      {
                          providers: [{ name: TRACING_PROVIDER }],
                          randomSamplingPercentage: samplingOf(settings),
                      },
                  ],
              },
          };
}
