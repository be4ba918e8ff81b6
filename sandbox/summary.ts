import type { OutputMap } from "@pulumi/pulumi/automation";

/** A resource as a stack's state lists it. */
export interface StateResource {
    readonly urn: string;
    readonly type: string;
    readonly parent?: string;
    readonly custom?: boolean;
}

/** How many objects one component made. */
export interface Count {
    readonly component: string;
    readonly objects: number;
}

/**
 * Counts what was deployed by the component that made it: the nearest chart or component of the project
 * above each object, in the order of the state.
 */
export function countByComponent(resources: readonly StateResource[]): readonly Count[] {
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const counts = new Map<string, number>();
    for (const resource of resources) {
        if (resource.custom !== true || resource.type.startsWith("pulumi:")) continue;
        const component = makerOf(resource, byUrn);
        counts.set(component, (counts.get(component) ?? 0) + 1);
    }
    return [...counts].map(([component, objects]) => ({ component, objects }));
}

function makerOf(resource: StateResource, byUrn: ReadonlyMap<string, StateResource>): string {
    let above = byUrn.get(resource.parent ?? "");
    while (above?.custom === true) above = byUrn.get(above.parent ?? "");
    if (above === undefined || above.type === "pulumi:pulumi:Stack") return "the program";
    return `${above.type.split(":").at(-1) ?? ""} ${above.urn.split("::").at(-1) ?? ""}`;
}

/** What to say at the end of a deployment. */
export interface Deployed {
    readonly stack: string;
    readonly outputs: OutputMap;
    readonly resources: readonly StateResource[];
    /** Changes of this run, such as `create: 85`. */
    readonly changes: Readonly<Record<string, number>>;
    /** Command that reaches the sandbox's cluster. */
    readonly kubectl: string;
}

/** The end of `npm start`: what is there now, and what to do next. */
export function summaryOf({ stack, outputs, resources, changes, kubectl }: Deployed): string {
    const counts = countByComponent(resources);
    const total = counts.reduce((sum, { objects }) => sum + objects, 0);
    const width = Math.max(0, ...counts.map(({ component }) => component.length));
    const changed = Object.entries(changes).filter(([kind]) => kind !== "same");
    const outputLines = Object.entries(outputs).flatMap(([name, { value, secret }]) => {
        const shown: unknown = secret ? "[secret]" : value;
        return Array.isArray(shown)
            ? [`  ${name}:`, ...shown.map((item) => `    ${textOf(item)}`)]
            : [`  ${name}: ${textOf(shown)}`];
    });
    return [
        `Stack ${stack}: ${total} objects in the sandbox, ${
            changed.length === 0
                ? "nothing to change"
                : changed.map(([kind, count]) => `${count} ${kind}`).join(", ")
        }.`,
        ...counts.map(({ component, objects }) => `  ${component.padEnd(width)}  ${objects}`),
        ...(outputLines.length === 0 ? [] : ["Outputs:", ...outputLines]),
        "Next:",
        `  ${kubectl} get pods -A`,
        `  npm run sandbox -- preview ${stack}    what a change would do, judged by the policy pack`,
        `  npm run sandbox -- destroy ${stack}    take the stack away again`,
        "  npm run sandbox -- status         what runs, and where",
        "  npm run sandbox -- stop           end it, keep its data",
    ].join("\n");
}

function textOf(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}
