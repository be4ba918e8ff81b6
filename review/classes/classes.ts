/** What a change does to a running mesh, mildest first. One change can do several of these. */
export const CLASSES = [
    "nothing",
    "config-push",
    "istiod-restart",
    "traffic-shifted",
    "gateway-restart",
    "data-plane-restart",
    "node-level",
    "connections-cut",
    "unclassified",
    "security-weakened",
    "irreversible",
] as const;

export type ClassName = (typeof CLASSES)[number];

/** How a class is told. */
export interface ClassMeaning {
    readonly title: string;
    /** What happens, in one sentence. */
    readonly means: string;
    /** How closely a reviewer should look. */
    readonly risk: Risk;
}

export const RISKS = ["none", "low", "medium", "high"] as const;
export type Risk = (typeof RISKS)[number];

export const CLASS_MEANINGS: Readonly<Record<ClassName, ClassMeaning>> = {
    nothing: {
        title: "Nothing",
        means: "No running proxy, istiod or workload of the mesh notices.",
        risk: "none",
    },
    "config-push": {
        title: "Config push",
        means: "istiod sends new configuration to running proxies; nothing restarts.",
        risk: "low",
    },
    "istiod-restart": {
        title: "istiod restart",
        means: "istiod's pods are replaced; proxies keep their configuration and reconnect.",
        risk: "low",
    },
    "traffic-shifted": {
        title: "Traffic shifted",
        means: "Requests are routed, admitted or refused in another way than before.",
        risk: "medium",
    },
    "gateway-restart": {
        title: "Gateway restart",
        means: "The proxies of a gateway or waypoint are replaced.",
        risk: "medium",
    },
    "data-plane-restart": {
        title: "Data-plane restart",
        means: "Workloads restart, or must be restarted before the change is in force for them.",
        risk: "medium",
    },
    "node-level": {
        title: "Node-level CNI or ztunnel",
        means: "An agent that serves every pod of a node is replaced, node by node.",
        risk: "high",
    },
    "connections-cut": {
        title: "Long-lived connections cut",
        means: "Connections that are open for long end, after the grace period at the latest.",
        risk: "high",
    },
    unclassified: {
        title: "Unclassified",
        means: "No row of the table fits: read the raw difference.",
        risk: "high",
    },
    "security-weakened": {
        title: "Security weakened",
        means: "Encryption, identity, admission or authorization protects less than before.",
        risk: "high",
    },
    irreversible: {
        title: "Irreversible",
        means: "What is lost doesn't come back when the change is taken back.",
        risk: "high",
    },
};

/** Classes in the order of CLASSES, each once; "nothing" only when it is alone. */
export function merged(classes: readonly ClassName[]): readonly ClassName[] {
    const found = CLASSES.filter((name) => classes.includes(name));
    return found.length > 1 ? found.filter((name) => name !== "nothing") : found;
}

/** The gravest of some classes; "nothing" of none. */
export function gravest(classes: readonly ClassName[]): ClassName {
    return merged(classes).at(-1) ?? "nothing";
}

/** The highest risk of some classes. */
export function riskOf(classes: readonly ClassName[]): Risk {
    const ranks = classes.map((name) => RISKS.indexOf(CLASS_MEANINGS[name].risk));
    return RISKS[Math.max(0, ...ranks)] ?? "none";
}
