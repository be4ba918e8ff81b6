/** What the SDK exports for values that a preview can't know, with the types its declarations omit. */
import * as sdk from "@pulumi/policy";

interface Exported {
    UnknownValueError: new (sentinel: string, path: string[]) => Error;
    unknownCheckingProxy: <T extends object>(props: T) => T;
}

/** Thrown by `unknownCheckingProxy`; the SDK turns it into an advisory of the preview. */
export const { UnknownValueError, unknownCheckingProxy } = sdk as unknown as Exported;
