import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { AuthoritySettings } from "../settings/authority";
import { childOf } from "./child";
import {
    authorityData,
    CA_SECRET,
    ISTIOD_TLS,
    istiodCertificateSpec,
    type IstiodCertificateInput,
} from "./plan/authority";
import { ISTIO_SYSTEM } from "./plan/namespaces";

/** Arguments for MeshAuthority. */
export interface MeshAuthorityArgs extends IstiodCertificateInput {
    readonly ca: AuthoritySettings;
}

/**
 * What istiod must find at its start where it doesn't make a root of its own: an intermediate authority, or
 * its own certificate from cert-manager. Needs istio-system; istiod has to come after it, since it looks for
 * neither again.
 */
export class MeshAuthority extends pulumi.ComponentResource {
    /** @internal */
    public static readonly __pulumiType = "istio-mesh:mesh:MeshAuthority";

    constructor(name: string, args: MeshAuthorityArgs, opts?: pulumi.ComponentResourceOptions) {
        const { ca, istioVersion, update, mesh } = args;
        const { trustDomain } = mesh;
        super(MeshAuthority.__pulumiType, name, { ca, trustDomain }, opts);
        const child = childOf(this, opts);
        if (ca.secret !== undefined) {
            const { directory, protect } = ca.secret;
            new k8s.core.v1.Secret(
                `${name}-secret`,
                {
                    metadata: { name: CA_SECRET, namespace: ISTIO_SYSTEM },
                    data: pulumi.secret({ ...authorityData(directory) }),
                },
                { ...child, protect },
            );
        }
        if (ca.istioCsr !== undefined) {
            new k8s.apiextensions.CustomResource(
                `${name}-istiod`,
                {
                    apiVersion: "cert-manager.io/v1",
                    kind: "Certificate",
                    metadata: {
                        name: ISTIOD_TLS,
                        namespace: ISTIO_SYSTEM,
                        annotations: {
                            "pulumi.com/waitFor": "condition=Ready",
                            "pulumi.com/timeoutSeconds": "180",
                        },
                    },
                    spec: istiodCertificateSpec(ca.istioCsr.issuer, { istioVersion, update, mesh }),
                },
                { ...child, deleteBeforeReplace: true },
            );
        }
        this.registerOutputs({});
    }
}
