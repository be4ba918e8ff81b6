/**
 * What a review reads of the engine's events, and nothing else: the engine also logs every debug message and
 * every output, a hundred times as much.
 */
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import type { Tree } from "./tree";

/** One side of a step: the resource as it was, or as it will be. */
export interface Side {
    readonly inputs: Tree;
    readonly id?: string;
    /** Set where a delete leaves the object in the cluster. */
    readonly retained?: true;
    readonly protected?: true;
}

/** What the engine will do with one resource. */
export interface Step {
    readonly op: string;
    readonly urn: string;
    readonly type: string;
    /** Absent for components. */
    readonly custom?: true;
    readonly before?: Side;
    readonly after?: Side;
    /** Properties that force a replacement. */
    readonly keys?: readonly string[];
    /** Top-level properties that differ, where the engine knows no more. */
    readonly diffs?: readonly string[];
    /** Every property that differs, and how. */
    readonly detailed?: Readonly<
        Record<string, { readonly kind: string; readonly input: boolean }>
    >;
}

/** What a policy said. */
export interface PolicyWord {
    readonly policy: string;
    readonly pack: string;
    readonly level: string;
    readonly message: string;
    readonly urn?: string;
}

/** What the engine, a provider or the program said. */
export interface Word {
    readonly severity: string;
    readonly message: string;
    readonly urn?: string;
}

/** An event, cut down to what a review reads. */
export type ReviewEvent =
    | { readonly step: Step }
    | { readonly failed: { readonly urn: string; readonly op: string } }
    | { readonly policy: PolicyWord }
    | { readonly word: Word }
    | {
          readonly end: {
              readonly changes: Readonly<Record<string, number>>;
              readonly result?: string;
          };
      };

/** The summary as the engine writes it; the SDK's type lacks the result. */
interface Summary {
    readonly resourceChanges?: Readonly<Record<string, number>>;
    readonly result?: string;
}

/** Cuts one of the engine's events down; undefined when a review reads nothing of it. */
export function reviewEvent(event: EngineEvent): ReviewEvent | undefined {
    if (event.resourcePreEvent) return { step: stepOf(event.resourcePreEvent.metadata) };
    if (event.resOpFailedEvent) {
        const { urn, op } = event.resOpFailedEvent.metadata;
        return { failed: { urn, op } };
    }
    if (event.policyEvent) {
        const { policyName, policyPackName, enforcementLevel, message, resourceUrn } =
            event.policyEvent;
        return {
            policy: {
                policy: policyName,
                pack: policyPackName,
                level: enforcementLevel,
                message: plain(message),
                ...(resourceUrn ? { urn: resourceUrn } : {}),
            },
        };
    }
    if (event.diagnosticEvent) {
        const { severity, message, urn, ephemeral } = event.diagnosticEvent;
        if (severity === "info" || (severity as string) === "debug" || ephemeral === true) {
            return undefined;
        }
        return { word: { severity, message: plain(message), ...(urn ? { urn } : {}) } };
    }
    if (event.summaryEvent) {
        const { resourceChanges = {}, result } = event.summaryEvent as Summary;
        return { end: { changes: resourceChanges, ...(result === undefined ? {} : { result }) } };
    }
    return undefined;
}

function stepOf(metadata: StepEventMetadata): Step {
    const { op, urn, type, keys, diffs, detailedDiff } = metadata;
    const before = sideOf(metadata.old);
    const after = sideOf(metadata.new);
    return {
        op,
        urn,
        type,
        ...((metadata.new ?? metadata.old)?.custom ? { custom: true as const } : {}),
        ...(before ? { before } : {}),
        ...(after ? { after } : {}),
        ...(keys && keys.length > 0 ? { keys } : {}),
        ...(diffs && diffs.length > 0 ? { diffs } : {}),
        ...(detailedDiff && Object.keys(detailedDiff).length > 0
            ? {
                  detailed: Object.fromEntries(
                      Object.entries(detailedDiff).map(([path, { diffKind, inputDiff }]) => [
                          path,
                          { kind: diffKind, input: inputDiff },
                      ]),
                  ),
              }
            : {}),
    };
}

function sideOf(state: StepEventMetadata["old"] | null): Side | undefined {
    if (!state) return undefined;
    const { inputs, id, retainOnDelete, protect } = state as Partial<typeof state>;
    return {
        inputs: (inputs ?? {}) as Tree,
        ...(id ? { id } : {}),
        ...(retainOnDelete ? { retained: true as const } : {}),
        ...(protect ? { protected: true as const } : {}),
    };
}

/** Without the engine's marks for colours. */
function plain(text: string): string {
    return text.replace(/<\{%[^%]*%\}>/g, "").trimEnd();
}
