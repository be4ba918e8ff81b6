import { resetSandbox, startCluster, stopCluster } from "./cluster";
import type { Command } from "./commands";
import { readCommand, USAGE } from "./commands";
import { parts } from "./components";
import { Display } from "./display";
import { EngineFailure } from "./failure";
import { usesLiving } from "./living/arguments";
import { livingAgent, processesOf } from "./living/mesh";
import { showLiving } from "./living/show";
import { livingToolsIfWanted } from "./living/wanted";
import { stateFolder, statePlaces } from "./places";
import { errorCode, messageOf, SandboxProblem } from "./problem";
import { progressOn } from "./progress";
import { resolveTools } from "./resolve";
import { checkStack } from "./stack-files";
import { playsOperator } from "./sail/operator-process";
import { openStack } from "./stack";
import type { SandboxStack } from "./stack";
import { summaryOf } from "./summary";
import type { StateResource } from "./summary";

const out = process.stdout;
const progress = progressOn(out);
const say = (text: string): void => {
    progress.line(text);
};

/** Runs one command line and sets the exit code: 0 done, 1 failed, 2 not understood, 130 interrupted. */
export async function main(words: readonly string[]): Promise<void> {
    out.on("error", (error) => {
        // The reader has closed the pipe, as `head` does when it has enough.
        if (errorCode(error) === "EPIPE") process.exit();
        throw error;
    });
    try {
        process.exitCode = await obey(readCommand(words));
    } catch (error) {
        process.stderr.write(`\n${explain(error)}\n`);
        process.exitCode = 1;
    }
}

function explain(error: unknown): string {
    // The engine has printed its report already.
    if (error instanceof EngineFailure) return error.message.split("\n")[0] ?? "";
    if (error instanceof SandboxProblem) return error.message;
    return error instanceof Error ? (error.stack ?? error.message) : messageOf(error);
}

async function obey(command: Command): Promise<number> {
    switch (command.does) {
        case "usage":
            say(USAGE);
            return 0;
        case "mistake":
            process.stderr.write(`"${command.word}" is not understood.\n${USAGE}\n`);
            return 2;
        case "status":
            return status();
        case "stop": {
            const ended = await stopCluster({ progress });
            say(
                ended.length === 0
                    ? "Nothing of this sandbox runs."
                    : `Ended: ${ended.join(", ")}. Its data is kept.`,
            );
            return 0;
        }
        case "reset":
            await resetSandbox({ progress });
            say(`Ended every process of this sandbox and deleted its data in ${stateFolder()}.`);
            return 0;
        case "start":
        case "preview":
        case "destroy":
            return operate(command.does, command.stack);
    }
}

async function status(): Promise<number> {
    const places = statePlaces(stateFolder());
    const all = await parts(places);
    for (const { name, process: found, ports } of all) {
        const where = ports.length === 0 ? "" : `127.0.0.1:${ports.join(", ")}`;
        say(
            `${name.padEnd(24)}${found ? `up    pid ${String(found.pid).padEnd(9)}${where}` : "down"}`,
        );
    }
    const agent = await livingAgent(places);
    const lives = all.some((part) => part.process && usesLiving(part.process.command));
    say(
        agent === undefined
            ? `living mesh             down${lives ? "  npm start brings it back" : ""}`
            : `living mesh             up    pid ${agent.pid}, and ${(await processesOf(places)).length} processes of Istio's`,
    );
    say(`Data: ${places.root}`);
    const gateways = agent === undefined ? "conditions of Gateways and " : "";
    const sail = all.some((part) => part.process && playsOperator(part.process.command, places))
        ? ", the Sail Operator by sail-operator"
        : "";
    say(
        `Played, not real: nodes and pods by kwok, ${gateways}addresses of load balancers by gateway-player${sail}.`,
    );
    const whole = all.every((part) => part.process !== undefined);
    return whole && (agent !== undefined || !lives) ? 0 : 3;
}

async function operate(does: "start" | "preview" | "destroy", name: string): Promise<number> {
    await checkStack(name);
    const tools = await resolveTools(progress);
    const living = await livingToolsIfWanted(progress);
    const cluster = await startCluster({ tools, progress, ...(living ? { living } : {}) });
    if (cluster.found) say("The sandbox runs already.");
    const display = new Display((text) => out.write(text));
    const interrupt = onInterrupt();
    try {
        const stack = await openStack(name, {
            tools,
            progress,
            output: display.take,
            color: out.isTTY,
            signal: interrupt.signal,
        });
        const kubectl = `${tools.kubectl} --kubeconfig ${cluster.kubeconfig}`;
        await operations[does](stack, kubectl);
        if (living && does === "start")
            say(`\n${await showLiving(cluster.places, progress, kubectl)}`);
        return 0;
    } catch (error) {
        if (!interrupt.signal.aborted) throw error;
        say(
            "Interrupted. What was done is recorded: start again to continue. The sandbox still runs.",
        );
        return 130;
    } finally {
        display.end();
        interrupt.off();
    }
}

const operations: Readonly<
    Record<"start" | "preview" | "destroy", (stack: SandboxStack, kubectl: string) => Promise<void>>
> = {
    async start(stack, kubectl) {
        const { summary, outputs } = await stack.up();
        const state = await stack.stack.exportStack();
        const { resources = [] } = state.deployment as { resources?: readonly StateResource[] };
        const changes = summary.resourceChanges ?? {};
        say(`\n${summaryOf({ stack: stack.name, outputs, resources, changes, kubectl })}`);
    },
    async preview(stack) {
        await stack.preview();
    },
    async destroy(stack) {
        await stack.destroy();
    },
};

/**
 * Ctrl-C reaches the engine by itself, because it runs in this terminal's foreground; this process only has
 * to live on until the engine has ended cleanly. A SIGTERM for this process alone is passed on.
 */
function onInterrupt(): { readonly signal: AbortSignal; off(): void } {
    const controller = new AbortController();
    const hear = (): void => {
        if (!controller.signal.aborted)
            say("\nCancelling: the engine ends what it has begun. Once more ends it at once.");
        controller.abort();
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, hear);
    return {
        signal: controller.signal,
        off: () => {
            for (const signal of signals) process.off(signal, hear);
        },
    };
}
