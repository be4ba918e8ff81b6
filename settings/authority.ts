import { z } from "zod";
import { objectName } from "./values";

/** Where istio-csr answers, as its chart installs it. */
const ISTIO_CSR = "cert-manager-istio-csr.cert-manager.svc:443";

/** Who signs the workloads' certificates, when it isn't an authority that istiod makes for itself. */
export const authority = z
    .strictObject({
        secret: z
            .strictObject({
                directory: z.string().min(1).meta({
                    description:
                        "Local directory with ca-cert.pem, ca-key.pem, cert-chain.pem and root-cert.pem, as Istio names them. Keep it out of version control.",
                    allowed: "a path",
                    example: "./ca",
                }),
                protect: z.boolean().default(true).meta({
                    description:
                        "Whether the engine refuses to delete the Secret, and so to destroy the stack, until it is unprotected.",
                }),
            })
            .optional()
            .meta({
                description:
                    "An intermediate authority that istiod signs with: the stack makes the Secret `cacerts` of it, before istiod.",
            }),
        istioCsr: z
            .strictObject({
                address: z
                    .string()
                    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?:[1-9]\d{0,4}$/)
                    .default(ISTIO_CSR)
                    .meta({
                        description: "Where istio-csr takes requests.",
                        allowed: "<host>:<port>",
                        example: ISTIO_CSR,
                    }),
                issuer: z
                    .strictObject({
                        name: objectName.meta({ description: "Its name." }),
                        kind: z.enum(["Issuer", "ClusterIssuer"]).default("ClusterIssuer").meta({
                            description: "An `Issuer` has to be in istio-system.",
                        }),
                    })
                    .meta({
                        description:
                            "cert-manager's issuer, the one that istio-csr uses, for istiod's own certificate.",
                    }),
            })
            .optional()
            .meta({
                description:
                    "cert-manager signs, asked by istio-csr, which the cluster has already; istiod signs nothing.",
            }),
    })
    .optional()
    .meta({
        description:
            "Who signs the workloads' certificates. Default: istiod, by a root of its own making.",
    });

export type AuthoritySettings = NonNullable<z.output<typeof authority>>;
