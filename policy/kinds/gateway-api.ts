/** The Gateway API's kinds: the fields that rules read. All are optional, as an object may lack any. */
import type { LabelSelector, ObjectMeta } from "./kubernetes";

export interface ParentRef {
    group?: string;
    kind?: string;
    name?: string;
    namespace?: string;
    sectionName?: string;
    port?: number;
}

export interface BackendRef {
    group?: string;
    kind?: string;
    name?: string;
    namespace?: string;
    port?: number;
    weight?: number;
}

export interface Listener {
    name?: string;
    hostname?: string;
    port?: number;
    protocol?: string;
    tls?: {
        mode?: string;
        certificateRefs?: { group?: string; kind?: string; name?: string; namespace?: string }[];
        options?: Record<string, string>;
    };
    allowedRoutes?: { namespaces?: { from?: string; selector?: LabelSelector } };
}

export interface Gateway {
    metadata?: ObjectMeta;
    spec?: {
        gatewayClassName?: string;
        addresses?: { type?: string; value?: string }[];
        listeners?: Listener[];
        infrastructure?: {
            labels?: Record<string, string>;
            annotations?: Record<string, string>;
            parametersRef?: { group?: string; kind?: string; name?: string };
        };
    };
}

export interface RouteFilter {
    type?: string;
    requestMirror?: { backendRef?: BackendRef };
    requestRedirect?: { scheme?: string; hostname?: string; statusCode?: number };
}

/** HTTPRoute and GRPCRoute, which differ only in what rules don't read, such as the matches. */
export interface Route {
    metadata?: ObjectMeta;
    spec?: {
        parentRefs?: ParentRef[];
        hostnames?: string[];
        rules?: {
            name?: string;
            matches?: {
                path?: { type?: string; value?: string };
                headers?: { name?: string; type?: string; value?: string }[];
                method?: string | { service?: string; method?: string };
            }[];
            filters?: RouteFilter[];
            backendRefs?: BackendRef[];
            timeouts?: { request?: string; backendRequest?: string };
        }[];
    };
}

/** TCPRoute, TLSRoute and UDPRoute. */
export interface StreamRoute {
    metadata?: ObjectMeta;
    spec?: {
        parentRefs?: ParentRef[];
        hostnames?: string[];
        rules?: { backendRefs?: BackendRef[] }[];
    };
}

export interface ReferenceGrant {
    metadata?: ObjectMeta;
    spec?: {
        from?: { group?: string; kind?: string; namespace?: string }[];
        to?: { group?: string; kind?: string; name?: string }[];
    };
}
