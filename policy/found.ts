/**
 * Kubernetes objects as the engine hands them over, however they were registered: typed resources,
 * children of charts and ConfigGroups, custom resources, and objects that something else will create
 * and that a component carries among its inputs.
 *
 * `validateResourceOfType` isn't used: it loads the whole SDK, and it never fires for custom
 * resources, whose token (`kubernetes:<apiVersion>:<kind>`) is made per object.
 */
import type { PolicyResource } from "@pulumi/policy";
import { grouped } from "./grouped";
import { kindNamed, type KindName, kinds, type Shape } from "./kinds";
import type { ObjectMeta } from "./kinds/kubernetes";

/** An object of a known kind. */
export interface Found<K extends KindName = KindName> {
    readonly kind: K;
    /** The resource to report it by. */
    readonly urn: string;
    readonly object: Shape<K>;
    /** Its own name: `web`. */
    readonly shortName: string;
    /** Where it lands; `default` where none is named, empty for what lives in no namespace. */
    readonly namespace: string;
    /** As messages and `exempt` spell it: `shop/web`, or `web` for what lives in no namespace. */
    readonly name: string;
    /** Kind and name, as messages spell it: `Deployment "shop/web"`. */
    readonly subject: string;
    /**
     * The object as the program asked for it, of a kind that the rule remembers. Stack rules get
     * outputs, where the API server has filled in defaults.
     */
    readonly asked?: Shape<K> | undefined;
    /** Whether Pulumi refuses to delete it: the resource option `protect`. */
    readonly protect: boolean;
}

/** What of a resource tells its objects. */
export type Resource = Pick<PolicyResource, "type" | "name" | "urn" | "props" | "opts"> &
    Partial<Pick<PolicyResource, "dependencies" | "parent">>;

/** A component whose inputs list whole objects, under `objects`, that an operator will create. */
export const OPERATOR_OBJECTS = "istio-mesh:operator:Objects";

/** Names are getters: in a preview one may be unknown, and only what reads it should notice. */
class FoundObject implements Found {
    constructor(
        readonly kind: KindName,
        readonly urn: string,
        readonly object: Shape<KindName>,
        private readonly fallback: string,
        readonly protect: boolean,
        readonly asked?: Shape<KindName>,
    ) {}

    private get metadata(): ObjectMeta | undefined {
        return this.object.metadata;
    }

    get shortName(): string {
        return this.metadata?.name ?? this.fallback;
    }

    get namespace(): string {
        return kinds[this.kind].namespaced ? (this.metadata?.namespace ?? "default") : "";
    }

    get name(): string {
        return kinds[this.kind].namespaced ? `${this.namespace}/${this.shortName}` : this.shortName;
    }

    get subject(): string {
        return `${kinds[this.kind].kind} "${this.name}"`;
    }
}

const kindsOfTokens = new Map<string, KindName | undefined>();

/** The kind that a Pulumi type token, such as `kubernetes:apps/v1:Deployment`, names. */
export function kindOfToken(token: string): KindName | undefined {
    if (!kindsOfTokens.has(token)) kindsOfTokens.set(token, parsed(token));
    return kindsOfTokens.get(token);
}

function parsed(token: string): KindName | undefined {
    const [provider, apiVersion = "", kind = ""] = token.split(":");
    const [group = "", version = "", ...rest] = apiVersion.split("/");
    return provider === "kubernetes" && /^v\d/.test(version) && rest.length === 0
        ? kindNamed(group, kind)
        : undefined;
}

/** The kind of a whole object, by its own `apiVersion` and `kind`. */
function kindOfObject({ apiVersion, kind }: Carried): KindName | undefined {
    const group = apiVersion?.includes("/") ? apiVersion.split("/")[0] : "core";
    return kindNamed(group ?? "", kind ?? "");
}

interface Carried {
    apiVersion?: string;
    kind?: string;
}

/**
 * The objects of a resource: itself, what it carries, or none that a rule is about. This is the one
 * place that casts: what the engine hands over under a token has the shape of its kind.
 *
 * @param asked the object as inputs had it, where a rule remembers it
 */
export function objectsOf(resource: Resource, asked?: unknown): Found[] {
    const { type, name, urn, props, opts } = resource;
    const kind = kindOfToken(type);
    if (kind !== undefined) {
        return [
            new FoundObject(
                kind,
                urn,
                props as Shape<KindName>,
                name,
                opts.protect,
                asked as Shape<KindName> | undefined,
            ),
        ];
    }
    if (type !== OPERATOR_OBJECTS) return [];
    const { objects = [] } = props as { objects?: Carried[] };
    return objects.flatMap((object) => {
        const carried = kindOfObject(object);
        return carried === undefined
            ? []
            : [new FoundObject(carried, urn, object as Shape<KindName>, name, opts.protect)];
    });
}

const withoutNulls = new WeakSet<object>();

/**
 * Takes away what is null, which Kubernetes takes for absent, so that rules need to know only one of
 * the two. Done in place, once per resource: rules share what the SDK has deserialized.
 */
export function dropNulls({ props }: Pick<Resource, "props">): void {
    // The SDK's proxy tells what is behind it; without one it is the object itself.
    const behind = (props as { __getSpecialProxyTarget?: object }).__getSpecialProxyTarget ?? props;
    if (withoutNulls.has(behind)) return;
    withoutNulls.add(behind);
    const visit = (value: unknown): void => {
        if (typeof value !== "object" || value === null) return;
        for (const [key, field] of Object.entries(value)) {
            if (field === null && !Array.isArray(value)) Reflect.deleteProperty(value, key);
            else visit(field);
        }
    };
    visit(behind);
}

/** All objects of a stack, by kind, in the stack's order. */
export class Stack {
    private readonly byKind = new Map<KindName, Found[]>();
    private readonly byNamespace = new Map<KindName, ReadonlyMap<string, Found[]>>();
    private readonly views = new Map<unknown, unknown>();
    /** By the URN of their parent. */
    private children: ReadonlyMap<string, Resource[]> | undefined;

    constructor(
        private readonly resources: readonly Resource[],
        asked?: ReadonlyMap<string, unknown>,
    ) {
        for (const resource of resources) {
            dropNulls(resource);
            for (const found of objectsOf(resource, asked?.get(resource.urn))) {
                const sameKind = this.byKind.get(found.kind);
                if (sameKind) sameKind.push(found);
                else this.byKind.set(found.kind, [found]);
            }
        }
    }

    /** Its objects of one kind. */
    all<K extends KindName>(kind: K): readonly Found<K>[] {
        return (this.byKind.get(kind) ?? []) as unknown as readonly Found<K>[];
    }

    /** Its objects of one kind in a namespace: for rules that look for the neighbours of each object. */
    in<K extends KindName>(kind: K, namespace: string): readonly Found<K>[] {
        let index = this.byNamespace.get(kind);
        if (!index) {
            index = grouped(this.byKind.get(kind) ?? [], ({ namespace }) => [namespace]);
            this.byNamespace.set(kind, index);
        }
        return (index.get(namespace) ?? []) as unknown as readonly Found<K>[];
    }

    /**
     * What `derive` makes of the stack, made once however many objects are judged by it. A value that
     * a preview can't know is thrown, and thrown again to the next who asks.
     */
    view<T>(derive: (stack: Stack) => T): T {
        if (!this.views.has(derive)) this.views.set(derive, derive(this));
        return this.views.get(derive) as T;
    }

    /**
     * Resources, by URN, that must be there before one is made and are deleted only after it. Who depends
     * on a component depends on all inside it: an SDK names those it knows, but not what a provider makes
     * inside a component of its own, such as a Chart, so the engine goes by their parents, too.
     *
     * @see https://www.pulumi.com/docs/iac/concepts/resources/options/dependson/
     */
    before(urn: string): ReadonlySet<string> {
        const byUrn = new Map(this.resources.map((resource) => [resource.urn, resource]));
        this.children ??= grouped(this.resources, ({ parent }) => (parent ? [parent.urn] : []));
        const { children } = this;
        const before = new Set<string>();
        const visit = (next: string) => {
            if (before.has(next)) return;
            before.add(next);
            const resource = byUrn.get(next);
            for (const { urn } of resource?.dependencies ?? []) visit(urn);
            // What is made of an object isn't a part of it, and may come later.
            if (!resource || kindOfToken(resource.type) !== undefined) return;
            for (const { urn } of children.get(next) ?? []) visit(urn);
        };
        for (const { urn: next } of byUrn.get(urn)?.dependencies ?? []) visit(next);
        return before;
    }
}
