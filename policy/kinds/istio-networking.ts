/** Istio's kinds of networking.istio.io: the fields that rules read. All are optional, as an object may lack any. */
import type { ObjectMeta } from "./kubernetes";

export interface WorkloadSelector {
    matchLabels?: Record<string, string>;
}

export interface TargetRef {
    group?: string;
    kind?: string;
    name?: string;
    namespace?: string;
}

export interface StringMatch {
    exact?: string;
    prefix?: string;
    regex?: string;
}

export interface Destination {
    host?: string;
    subset?: string;
    port?: { number?: number };
}

export interface HttpMatch {
    name?: string;
    uri?: StringMatch;
    scheme?: StringMatch;
    method?: StringMatch;
    authority?: StringMatch;
    headers?: Record<string, StringMatch>;
    queryParams?: Record<string, StringMatch>;
    withoutHeaders?: Record<string, StringMatch>;
    port?: number;
    sourceLabels?: Record<string, string>;
    sourceNamespace?: string;
    gateways?: string[];
}

export interface HttpRoute {
    name?: string;
    match?: HttpMatch[];
    route?: { destination?: Destination; weight?: number }[];
    redirect?: object;
    directResponse?: object;
    delegate?: { name?: string; namespace?: string };
    mirror?: Destination;
    mirrors?: { destination?: Destination }[];
    timeout?: string;
    retries?: { attempts?: number; perTryTimeout?: string; retryOn?: string };
    fault?: { delay?: object; abort?: object };
    corsPolicy?: { allowOrigins?: StringMatch[]; allowCredentials?: boolean };
}

export interface L4Route {
    match?: {
        port?: number;
        sniHosts?: string[];
        destinationSubnets?: string[];
        sourceLabels?: Record<string, string>;
        gateways?: string[];
    }[];
    route?: { destination?: Destination; weight?: number }[];
}

export interface VirtualService {
    metadata?: ObjectMeta;
    spec?: {
        hosts?: string[];
        gateways?: string[];
        http?: HttpRoute[];
        tls?: L4Route[];
        tcp?: L4Route[];
        exportTo?: string[];
    };
}

export interface ClientTls {
    mode?: string;
    clientCertificate?: string;
    privateKey?: string;
    caCertificates?: string;
    credentialName?: string;
    subjectAltNames?: string[];
    sni?: string;
    insecureSkipVerify?: boolean;
}

export interface TrafficPolicy {
    tls?: ClientTls;
    loadBalancer?: { simple?: string; consistentHash?: object; localityLbSetting?: object };
    connectionPool?: { tcp?: object; http?: object };
    outlierDetection?: object;
    portLevelSettings?: { port?: { number?: number }; tls?: ClientTls }[];
    tunnel?: object;
}

export interface DestinationRule {
    metadata?: ObjectMeta;
    spec?: {
        host?: string;
        trafficPolicy?: TrafficPolicy;
        subsets?: {
            name?: string;
            labels?: Record<string, string>;
            trafficPolicy?: TrafficPolicy;
        }[];
        exportTo?: string[];
        workloadSelector?: WorkloadSelector;
    };
}

export interface ServiceEntry {
    metadata?: ObjectMeta;
    spec?: {
        hosts?: string[];
        addresses?: string[];
        ports?: { number?: number; name?: string; protocol?: string; targetPort?: number }[];
        location?: string;
        resolution?: string;
        endpoints?: {
            address?: string;
            ports?: Record<string, number>;
            labels?: Record<string, string>;
        }[];
        workloadSelector?: { labels?: Record<string, string> };
        exportTo?: string[];
    };
}

export interface ServerTls {
    mode?: string;
    httpsRedirect?: boolean;
    credentialName?: string;
    credentialNames?: string[];
    serverCertificate?: string;
    privateKey?: string;
    caCertificates?: string;
    minProtocolVersion?: string;
    maxProtocolVersion?: string;
    cipherSuites?: string[];
}

/** Istio's Gateway, of networking.istio.io. */
export interface IstioGateway {
    metadata?: ObjectMeta;
    spec?: {
        selector?: Record<string, string>;
        servers?: {
            name?: string;
            bind?: string;
            port?: { number?: number; name?: string; protocol?: string };
            hosts?: string[];
            tls?: ServerTls;
        }[];
    };
}

export interface Sidecar {
    metadata?: ObjectMeta;
    spec?: {
        workloadSelector?: { labels?: Record<string, string> };
        egress?: { hosts?: string[]; port?: object; bind?: string }[];
        ingress?: { port?: object; defaultEndpoint?: string; tls?: ServerTls }[];
        outboundTrafficPolicy?: { mode?: string };
    };
}

export interface EnvoyFilter {
    metadata?: ObjectMeta;
    spec?: {
        workloadSelector?: { labels?: Record<string, string> };
        targetRefs?: TargetRef[];
        priority?: number;
        configPatches?: {
            applyTo?: string;
            match?: { context?: string; proxy?: { proxyVersion?: string } };
            patch?: { operation?: string; value?: object };
        }[];
    };
}

export interface WorkloadEntry {
    metadata?: ObjectMeta;
    spec?: {
        address?: string;
        labels?: Record<string, string>;
        serviceAccount?: string;
        ports?: Record<string, number>;
    };
}

export interface ProxyConfig {
    metadata?: ObjectMeta;
    spec?: {
        selector?: WorkloadSelector;
        concurrency?: number;
        image?: { imageType?: string };
        environmentVariables?: Record<string, string>;
    };
}
