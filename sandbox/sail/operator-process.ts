import { closeSync, openSync } from "node:fs";
import { access, constants, mkdir, rm, symlink } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { chartSources } from "../charts";
import { PROJECT_FOLDER, TYPESCRIPT } from "../places";
import type { StatePlaces } from "../places";
import { SandboxProblem } from "../problem";
import { endProcess, startDetached } from "../processes";
import type { RunningProcess } from "../processes";
import { SILENT } from "../progress";
import type { Toolbox } from "../resolve";
import { sailPlaces } from "./places";

const SCRIPT = join(PROJECT_FOLDER, "sandbox", "sail", "operator.ts");

/** Names the operator's program when it is not on PATH. */
export const OPERATOR_VARIABLE = "ISTIO_MESH_SAIL_OPERATOR";

/** Whether a command line is what stands for the operator in this sandbox, or a program that it started. */
export function isOperator(command: string, places: StatePlaces): boolean {
    return isMain(command, places) || command.startsWith(sailPlaces(places.kubeconfig).bin);
}

function isMain(command: string, { kubeconfig }: StatePlaces): boolean {
    return command.includes(` ${SCRIPT} `) && command.endsWith(` ${kubeconfig}`);
}

/** Whether a command line plays the operator, for want of the operator's own program. */
export function playsOperator(command: string, places: StatePlaces): boolean {
    return isMain(command, places) && command.endsWith(` - ${places.kubeconfig}`);
}

/**
 * The operator's own program: ISTIO_MESH_SAIL_OPERATOR, else sail-operator on PATH; nothing when it is to
 * be played.
 * @throws SandboxProblem when the variable names no program.
 */
export async function findOperator(
    env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
    const given = env[OPERATOR_VARIABLE];
    const candidates = given
        ? [resolve(given)]
        : (env["PATH"] ?? "")
              .split(delimiter)
              .filter((folder) => folder !== "")
              .map((folder) => join(folder, "sail-operator"));
    for (const file of candidates) {
        const usable = await access(file, constants.X_OK).then(
            () => true,
            () => false,
        );
        if (usable) return file;
    }
    if (given) {
        throw new SandboxProblem(
            `${OPERATOR_VARIABLE} names ${given}, which is no program that can be run.`,
            `Unset it to have the Sail Operator played, or name the program sail-operator.`,
        );
    }
    return undefined;
}

/**
 * Starts what stands for the operator unless it runs. It does nothing until a stack deploys the operator.
 * @param running its processes, among them perhaps what a killed one left.
 */
export async function startOperator(
    places: StatePlaces,
    tools: Toolbox,
    running: readonly RunningProcess[],
): Promise<void> {
    if (running.some(({ command }) => isMain(command, places))) return;
    await Promise.all(running.map((left) => endProcess(left)));
    const { root, bin, log } = sailPlaces(places.kubeconfig);
    const binary = await findOperator();
    const { charts } = await chartSources(SILENT);
    await rm(bin, { recursive: true, force: true });
    await mkdir(bin, { recursive: true });
    await mkdir(places.logs, { recursive: true });
    const own = async (name: string, target: string): Promise<string> => {
        const path = join(bin, name);
        await symlink(target, path);
        return path;
    };
    const name = "pulumi-resource-kubernetes";
    const words = [
        await own(name, tools[name]),
        charts ?? "-",
        binary === undefined ? "-" : await own("sail-operator", binary),
        places.kubeconfig,
    ];
    const output = openSync(log, "a");
    try {
        startDetached(process.execPath, ["-r", TYPESCRIPT, SCRIPT, ...words], root, output);
    } finally {
        closeSync(output);
    }
}
