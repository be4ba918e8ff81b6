import { z } from "zod";
import type { Amount } from "./quantities";
import { trimmed } from "./quantities";

/** What a core and a GiB cost. */
export const pricesSchema = z.strictObject({
    currency: z.string().min(1).max(10),
    /** Per core and hour. */
    cpuHour: z.number().nonnegative(),
    /** Per GiB and hour. */
    memoryGiBHour: z.number().nonnegative(),
});

export type Prices = z.output<typeof pricesSchema>;

/** Hours of an average month, as clouds bill them. */
const HOURS = 730;

/** What an amount costs in a month. */
export function monthly({ cpu, memory }: Amount, prices: Prices): string {
    return trimmed((cpu * prices.cpuHour + memory * prices.memoryGiBHour) * HOURS);
}
