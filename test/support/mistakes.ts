/** The mistakes of the example of troubleshooting, as its page tells them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One row of the page. */
export interface Mistake {
    /** `DestinationRule shop/checkout`. */
    readonly mistake: string;
    /** verify's check. */
    readonly check: string;
    /** What verify reports it of: for policies the workload they hold for. */
    readonly subject: string;
    /** The policy pack's rule. */
    readonly rule: string;
}

const page = readFileSync(join(__dirname, "../../examples/troubleshooting/README.md"), "utf8");

export const MISTAKES: readonly Mistake[] = page
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => {
        const [, mistake = "", , check = "", rule = ""] = line
            .split("|")
            .map((cell) => cell.trim().replaceAll("`", ""));
        const subject = mistake.replace(/^PeerAuthentication /, "Deployment ");
        return { mistake, check, subject, rule };
    });
