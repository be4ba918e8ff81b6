import type { Manifest } from "../kinds";
import { WAYPOINT } from "../plan/namespaces";
import { bound, type Enforcer } from "./authorization";

/** Whether a namespace's pods, or with the root namespace all of the mesh, refuse plaintext. */
export function peerAuthentication(namespace: string, mode: "STRICT" | "PERMISSIVE"): Manifest {
    return {
        apiVersion: "security.istio.io/v1",
        kind: "PeerAuthentication",
        // Istio takes one without selector per namespace, by convention of this name.
        metadata: { name: "default", namespace },
        spec: { mtls: { mode } },
    };
}

/**
 * Nobody may call a namespace's pods unless another policy allows it. With a waypoint, it judges in the
 * pods' place, so the pods let in the waypoints alone.
 */
export function defaultDeny(
    namespace: string,
    enforcer: Enforcer,
    waypoints: readonly string[] = [WAYPOINT],
): readonly Manifest[] {
    const policy = (name: string, spec: object): Manifest => ({
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name, namespace },
        spec,
    });
    return enforcer === "waypoint"
        ? [
              policy("default-deny", bound(undefined, "waypoint", waypoints)),
              policy("only-waypoint", {
                  action: "ALLOW",
                  rules: [
                      {
                          from: [
                              {
                                  source: {
                                      serviceAccounts: waypoints.map(
                                          (name) => `${namespace}/${name}`,
                                      ),
                                  },
                              },
                          ],
                      },
                  ],
              }),
          ]
        : [policy("default-deny", {})];
}

/** Which hosts a namespace's sidecars know: less memory, and nothing else can be called by them. */
export function sidecarScope(namespace: string, namespaces: readonly string[]): Manifest {
    return {
        apiVersion: "networking.istio.io/v1",
        kind: "Sidecar",
        metadata: { name: "default", namespace },
        spec: { egress: [{ hosts: namespaces.map((one) => `${one}/*`) }] },
    };
}
