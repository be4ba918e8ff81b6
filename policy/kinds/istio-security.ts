/** Istio's kinds of security.istio.io, and its telemetry and extensions: the fields that rules read. */
import type { TargetRef, WorkloadSelector } from "./istio-networking";
import type { ObjectMeta } from "./kubernetes";

export interface PeerAuthentication {
    metadata?: ObjectMeta;
    spec?: {
        selector?: WorkloadSelector;
        mtls?: { mode?: string };
        portLevelMtls?: Record<string, { mode?: string }>;
    };
}

export interface AuthorizationSource {
    principals?: string[];
    notPrincipals?: string[];
    requestPrincipals?: string[];
    notRequestPrincipals?: string[];
    namespaces?: string[];
    notNamespaces?: string[];
    serviceAccounts?: string[];
    notServiceAccounts?: string[];
    ipBlocks?: string[];
    notIpBlocks?: string[];
    remoteIpBlocks?: string[];
    notRemoteIpBlocks?: string[];
}

export interface AuthorizationOperation {
    hosts?: string[];
    notHosts?: string[];
    ports?: string[];
    notPorts?: string[];
    methods?: string[];
    notMethods?: string[];
    paths?: string[];
    notPaths?: string[];
}

export interface AuthorizationRule {
    from?: { source?: AuthorizationSource }[];
    to?: { operation?: AuthorizationOperation }[];
    when?: { key?: string; values?: string[]; notValues?: string[] }[];
}

export interface AuthorizationPolicy {
    metadata?: ObjectMeta;
    spec?: {
        selector?: WorkloadSelector;
        targetRef?: TargetRef;
        targetRefs?: TargetRef[];
        action?: string;
        provider?: { name?: string };
        rules?: AuthorizationRule[];
    };
}

export interface JwtRule {
    issuer?: string;
    audiences?: string[];
    jwks?: string;
    jwksUri?: string;
    fromHeaders?: { name?: string; prefix?: string }[];
    fromParams?: string[];
    forwardOriginalToken?: boolean;
    outputPayloadToHeader?: string;
    outputClaimToHeaders?: { header?: string; claim?: string }[];
}

export interface RequestAuthentication {
    metadata?: ObjectMeta;
    spec?: {
        selector?: WorkloadSelector;
        targetRef?: TargetRef;
        targetRefs?: TargetRef[];
        jwtRules?: JwtRule[];
    };
}

export interface Telemetry {
    metadata?: ObjectMeta;
    spec?: {
        selector?: WorkloadSelector;
        targetRef?: TargetRef;
        targetRefs?: TargetRef[];
        tracing?: { randomSamplingPercentage?: number; providers?: { name?: string }[] }[];
        metrics?: { providers?: { name?: string }[]; overrides?: object[] }[];
        accessLogging?: { disabled?: boolean; providers?: { name?: string }[] }[];
    };
}

export interface WasmPlugin {
    metadata?: ObjectMeta;
    spec?: {
        selector?: WorkloadSelector;
        targetRef?: TargetRef;
        targetRefs?: TargetRef[];
        url?: string;
        sha256?: string;
        failStrategy?: string;
        imagePullPolicy?: string;
    };
}
