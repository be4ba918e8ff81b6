import type { AuthorizationOperation } from "../../kinds/istio-security";
import { objectRule } from "../../rule";

/** Methods of RFC 9110 and PATCH; anything else of a method is a gRPC call's full name. */
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

/** Why a value can never equal what Envoy compares it with; undefined for one that can. */
type Check = (value: string) => string | undefined;

const method: Check = (value) => {
    if (value.includes("*") || METHODS.includes(value) || value.startsWith("/")) return undefined;
    const upper = value.toUpperCase();
    return METHODS.includes(upper)
        ? `methods are upper case; write "${upper}" (KIA0102)`
        : `it is no HTTP method; use one of ${METHODS.join(", ")}, or a gRPC call as /package.Service/Method (KIA0102)`;
};

const path: Check = (value) => {
    if (!/^[/*{]/.test(value)) return `paths start with "/" or "*"; write "/${value}"`;
    if (/[?#]/.test(value)) return "the query isn't part of the path; end it before ? or #";
    if (/\/\/|\/\.{1,2}(\/|$)/.test(value))
        return "Envoy resolves //, /./ and /../ first; write what remains";
    return undefined;
};

const host: Check = (value) => {
    if (value !== value.toLowerCase())
        return `hosts are lower case; write "${value.toLowerCase()}"`;
    return /^[a-z]+:\/\//.test(value) || value.includes("/")
        ? "a host has no scheme and no path; write the host alone"
        : undefined;
};

const port: Check = (value) => {
    const number = Number(value);
    return Number.isInteger(number) && number >= 1 && number <= 65535
        ? undefined
        : "ports are numbers from 1 to 65535; write the number of the pod's port (IST0106)";
};

const checks: Record<keyof AuthorizationOperation, Check> = {
    methods: method,
    notMethods: method,
    paths: path,
    notPaths: path,
    hosts: host,
    notHosts: host,
    ports: port,
    notPorts: port,
};

export const requireNormalizedAuthorizationValues = objectRule({
    name: "require-normalized-authorization-values",
    displayName: "Policies spell values as Envoy sees them",
    description:
        "Methods, paths, hosts and ports of an AuthorizationPolicy are written in the form that requests are compared in.",
    why:
        "Envoy compares the text of a policy with the normalized request. A value in any other form matches " +
        "nothing: in ALLOW the request is refused, in DENY it passes.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Write methods in upper case, hosts in lower case without a scheme, paths from / on without a query, ports as numbers.",
    url: "https://istio.io/latest/docs/reference/config/security/normalization/",
    tags: ["authorization", "security"],
    controls: { nist: ["AC-3", "SI-10"] },
    judge: {
        *authorizationPolicy({ subject, object: { spec } }) {
            for (const [index, { to = [] }] of (spec?.rules ?? []).entries()) {
                for (const { operation = {} } of to) {
                    for (const [field, check] of Object.entries(checks)) {
                        for (const value of operation[field as keyof AuthorizationOperation] ??
                            []) {
                            const problem = check(value);
                            if (problem === undefined) continue;
                            yield `${subject} can't match ${field} "${value}" in spec.rules[${index}]: ${problem}.`;
                        }
                    }
                }
            }
        },
    },
});
