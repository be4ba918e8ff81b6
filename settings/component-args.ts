import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { problemAt, problemsOf, type Problem } from "./problems";

/**
 * A component's arguments, checked, with every default filled in.
 * @throws RunError that lists everything that is wrong; `more` judges what the schema has taken.
 */
export function checkedArgs<Schema extends z.ZodType>(
    what: string,
    schema: Schema,
    args: unknown,
    more: (checked: z.output<Schema>) => readonly Problem[] = () => [],
): z.output<Schema> {
    const parsed = schema.safeParse(args);
    const found = parsed.success
        ? more(parsed.data)
        : // Its fixes are commands for a stack's config.
          problemsOf(schema, args, parsed.error.issues).problems.map((problem) => ({
              ...problem,
              fix: `mend ${dotted(problem.path)} in the arguments`,
          }));
    if (!parsed.success || found.length > 0) {
        throw refusal(what, found);
    }
    return parsed.data;
}

/** The error of a component that is not made, with everything that is wrong. */
export function refusal(what: string, problems: readonly Problem[]): pulumi.RunError {
    const texts = problems.map((problem) => problemAt(dotted(problem.path), problem));
    return new pulumi.RunError([`${what} was not made.`, ...texts].join("\n\n"));
}

function dotted(path: Problem["path"]): string {
    return path
        .map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`))
        .join("");
}
