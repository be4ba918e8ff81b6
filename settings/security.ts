import { z } from "zod";
import { gatewayName, hostName } from "./traffic-values";
import { dnsLabel, objectName, quantityCount } from "./values";

const port = quantityCount(1, 65535, "a port from 1 to 65535", 443);
const texts = (allowed: string, example: string) =>
    z.array(z.string().min(1).max(320).meta({ allowed, example })).default([]);

/** A service account, as `<namespace>/<name>`. */
const account = z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/)
    .meta({ allowed: "<namespace>/<service account>", example: "shop/frontend" });

/** Whom a policy protects: one service, or all of a namespace. */
const protectedBy = {
    name: objectName.meta({ description: "Name of the policy." }),
    namespace: dnsLabel.meta({ description: "Its namespace, one of `namespaces`." }),
    service: objectName.optional().meta({
        description:
            "The service it protects: pods with this label `app`. Default: all of its namespace.",
        example: "checkout",
    }),
};

const rule = z.strictObject({
    accounts: z.array(account).default([]).meta({
        description: "Callers by their service account, `<namespace>/<name>`.",
    }),
    namespaces: z
        .array(dnsLabel)
        .default([])
        .meta({ description: "Callers by their namespace; either this or an account suffices." }),
    tokens: texts("<issuer>/<subject>, or * for any right token", "*").meta({
        description: "Callers by their token, `<issuer>/<subject>`, `*` for any; L7.",
    }),
    methods: texts("a method of HTTP", "GET").meta({ description: "HTTP methods; L7." }),
    paths: texts("a path, perhaps with * at its start or end", "/api/*").meta({
        description: "HTTP paths, with `*` at the start or end; L7.",
    }),
    hosts: texts("a host name, perhaps with * at its start or end", "shop.example.com").meta({
        description: "HTTP hosts; L7.",
    }),
    ports: z
        .array(port)
        .default([])
        .meta({ description: "Ports of the pods, not of the Service." }),
});

/** One AuthorizationPolicy. */
export const authorization = z.strictObject({
    ...protectedBy,
    action: z.enum(["ALLOW", "DENY"]).default("ALLOW").meta({
        description: "What happens to what a rule matches; with ALLOW, all else is refused.",
    }),
    rules: z.array(rule).default([]).meta({
        description: "Any of them suffices. None with ALLOW: nobody may call.",
    }),
});

/** One RequestAuthentication, with the policy that asks for a token. */
export const authentication = z.strictObject({
    ...protectedBy,
    issuer: z.string().min(1).meta({
        description: "The token's `iss`.",
        allowed: "a text, mostly a URL",
        example: "https://issuer.example.com",
    }),
    jwksUri: z
        .url({ protocol: /^https?$/ })
        .optional()
        .meta({
            description: "Where its public keys are. Default: found by the issuer's OpenID page.",
            allowed: "an http or https URL",
            example: "https://issuer.example.com/jwks.json",
        }),
    jwks: z.string().min(2).optional().meta({
        description: "Its public keys themselves, as JSON; instead of `jwksUri`.",
        allowed: "a JSON Web Key Set",
        example: '{"keys":[]}',
    }),
    audiences: texts("a text", "shop").meta({ description: "Accepted `aud`. Default: any." }),
    required: z.boolean().default(true).meta({
        description: "Whether requests without a token are refused; a wrong token always is.",
    }),
});

/** Something outside that the mesh may call. */
export const egress = z.strictObject({
    name: objectName.meta({
        description: "Name of the ServiceEntry, in istio-system or beside its egress gateway.",
    }),
    gateway: gatewayName("egressGateways", "istio-egress").optional().meta({
        description:
            "Egress gateway that requests leave by: `<namespace>/<name>` of one of `egressGateways`. Default: straight from the caller.",
    }),
    hosts: z
        .array(hostName)
        .min(1)
        .meta({ description: "Host names; a wildcard is passed on by its address." }),
    ports: z
        .array(
            z.strictObject({
                number: port.meta({ description: "The port that is called." }),
                protocol: z
                    .enum(["HTTP", "HTTPS", "TLS", "TCP", "GRPC", "MONGO"])
                    .default("HTTPS")
                    .meta({ description: "What is spoken there." }),
                targetPort: port
                    .optional()
                    .meta({ description: "The port it is really at. Default: the same." }),
            }),
        )
        .min(1)
        .default([{ number: 443, protocol: "HTTPS" }])
        .meta({ description: "Its ports." }),
    addresses: texts("an IP address", "192.0.2.10").meta({
        description: "Its IP addresses, where DNS doesn't know them.",
    }),
    namespaces: z
        .array(dnsLabel)
        .default([])
        .meta({ description: "Which namespaces may call it. Default: all." }),
});

/** The section `security` of a stack's config. */
export const security = z
    .strictObject({
        mtls: z.enum(["STRICT", "PERMISSIVE"]).optional().meta({
            description:
                "Whether the whole mesh refuses plaintext. Default: Istio's own, PERMISSIVE; namespaces may say otherwise.",
        }),
        authorization: z
            .array(authorization)
            .default([])
            .meta({ description: "Who may call what." }),
        authentication: z
            .array(authentication)
            .default([])
            .meta({ description: "Whose tokens (JWT) are accepted." }),
        egress: z.array(egress).default([]).meta({
            description:
                "What outside the mesh is known to it; with `mesh.outboundTrafficPolicy: REGISTRY_ONLY` nothing else may be called.",
        }),
    })
    .prefault({})
    .meta({ description: "mTLS, who may call what, tokens, and what may be called outside." });

export type SecuritySettings = z.output<typeof security>;
export type AuthorizationSettings = z.output<typeof authorization>;
export type AuthenticationSettings = z.output<typeof authentication>;
export type EgressSettings = z.output<typeof egress>;
