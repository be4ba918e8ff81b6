import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { OPERATORS, RECOMMENDED_OPERATOR } from "../components/plan/versions";
import type { ChartSources } from "./charts";
import { withStandIns } from "./observability/stand-ins";
import { CLUSTER_NAME, PROJECT_FOLDER } from "./places";
import type { StatePlaces } from "./places";
import { errorCode, SandboxProblem } from "./problem";
import { writeOperatorChart } from "./sail/operator-chart";

/** What a Pulumi.<stack>.yaml holds. */
export interface StackFile {
    readonly config?: Readonly<Record<string, unknown>>;
    readonly encryptionsalt?: string;
    readonly [other: string]: unknown;
}

/** What the sandbox lays over a stack's own config. */
export interface Overlay {
    /** Name of the project, the namespace of its config keys. */
    readonly project: string;
    readonly kubeconfig: string;
    readonly sources: ChartSources;
    /** Folder of the stand-in for the Sail Operator's chart, where the stack needs it. */
    readonly operatorChart?: string;
    /** Full config keys and their values, on top of everything; null takes a key away. */
    readonly config: Readonly<Record<string, unknown>>;
    /** Salt of the sandbox's own passphrase, from an earlier run. */
    readonly salt?: string;
}

/** Stands in for a secret of the stack file: only the user's own passphrase or cloud key could open it. */
export const SANDBOX_SECRET = "sandbox-only-not-a-secret";

/**
 * The stack file that a run in the sandbox sees: the stack's own, aimed at the sandbox's cluster, with local
 * charts where the official repository is out of reach, and without the user's means of encryption.
 */
export function overlaid(file: StackFile, overlay: Overlay): StackFile {
    const { project, kubeconfig, sources, salt } = overlay;
    const { encryptionsalt: _salt, encryptedkey: _key, secretsprovider: _provider, ...rest } = file;
    const config: Record<string, unknown> = Object.fromEntries(
        Object.entries(file.config ?? {}).map(([key, value]) => [key, withoutSecrets(value)]),
    );
    config[`${project}:kubeconfig`] = kubeconfig;
    config[`${project}:kubeContext`] = CLUSTER_NAME;
    if (sources.charts !== undefined) {
        const {
            repository: _repository,
            oci: _oci,
            ...charts
        } = objectAt(config, `${project}:charts`);
        config[`${project}:charts`] = { ...charts, directory: sources.charts };
    }
    if (sources.gatewayApi !== undefined) {
        config[`${project}:gatewayApi`] = {
            ...objectAt(config, `${project}:gatewayApi`),
            directory: sources.gatewayApi,
        };
    }
    if (overlay.operatorChart !== undefined) {
        const charts = objectAt(config, `${project}:charts`);
        const operator = {
            ...operatorSettings(config, project),
            directory: overlay.operatorChart,
        };
        config[`${project}:charts`] = { ...charts, operator };
    }
    const kept = Object.entries({ ...config, ...overlay.config }).filter(
        ([, value]) => value !== null,
    );
    return {
        ...rest,
        config: Object.fromEntries(kept),
        ...(salt === undefined ? {} : { encryptionsalt: salt }),
    };
}

/** What a stack says of the operator's chart, but for where it comes from. */
function operatorSettings(
    config: Readonly<Record<string, unknown>>,
    project: string,
): Readonly<Record<string, unknown>> {
    const {
        repository: _repository,
        oci: _oci,
        ...settings
    } = objectAt(objectAt(config, `${project}:charts`), "operator");
    return settings;
}

function objectAt(
    config: Readonly<Record<string, unknown>>,
    key: string,
): Readonly<Record<string, unknown>> {
    const value = config[key];
    return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

function withoutSecrets(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(withoutSecrets);
    if (!isObject(value)) return value;
    const keys = Object.keys(value);
    if (keys.length === 1 && keys[0] === "secure") return SANDBOX_SECRET;
    return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]),
    );
}

/** Names of the stacks that have a file in the project or are an example, sorted. */
export async function stackNames(folder: string = PROJECT_FOLDER): Promise<readonly string[]> {
    return [...(await stackFiles(folder)).keys()].sort();
}

/** The file of each stack: `Pulumi.<stack>.yaml`, or the same below `examples/<stack>`. */
async function stackFiles(folder: string): Promise<ReadonlyMap<string, string>> {
    const files = [
        ...(await readdir(folder)),
        ...(await readdir(join(folder, "examples"), { recursive: true }).catch(() => [])).map(
            (name) => join("examples", name),
        ),
    ];
    return new Map(
        files.flatMap((file) => {
            const stack = /(?:^|[/\\])Pulumi\.([^/\\]+)\.yaml$/.exec(file)?.[1];
            return stack === undefined ? [] : [[stack, join(folder, file)] as const];
        }),
    );
}

/**
 * The file of a stack.
 * @throws SandboxProblem that lists the stacks there are when `name` has no file.
 */
export async function checkStack(name: string): Promise<string> {
    const files = await stackFiles(PROJECT_FOLDER);
    const file = files.get(name);
    if (file !== undefined) return file;
    const names = [...files.keys()].sort();
    throw new SandboxProblem(
        `There is no stack "${name}": the project has no Pulumi.${name}.yaml.`,
        names.length === 0 ? "It has no stack file at all." : `Stacks: ${names.join(", ")}.`,
    );
}

/** What to write for one stack. */
export interface WorkOptions {
    readonly stack: string;
    /** Stack whose file is the ground; another name than `stack` gives a second deployment of the same file. */
    readonly from: string;
    readonly sources: ChartSources;
    readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Writes copies of the project's and the stack's file into a work folder of the sandbox: the user's own
 * files are only ever read. Gives the folder.
 * @throws SandboxProblem that lists the stacks there are when `from` has no file.
 */
export async function writeWorkFolder(places: StatePlaces, options: WorkOptions): Promise<string> {
    const { stack, from, sources, config } = options;
    const stackFile = await checkStack(from);
    const projectText = await readFile(join(PROJECT_FOLDER, "Pulumi.yaml"), "utf8");
    const { name: project } = parse(projectText) as { name: string };
    const file = parse(await readFile(stackFile, "utf8")) as StackFile | null;
    const folder = join(places.work, stack);
    const copy = join(folder, `Pulumi.${stack}.yaml`);
    await mkdir(folder, { recursive: true });
    const salt = await saltOf(copy);
    const all = { ...file?.config, ...config };
    const { version = RECOMMENDED_OPERATOR } = operatorSettings(all, project);
    const operatorChart =
        sources.standIn === true && all[`${project}:installMethod`] === "sail"
            ? await writeOperatorChart(folder, String(version), versionsOf(String(version)))
            : undefined;
    const observability = await withStandIns(
        objectAt(all, `${project}:observability`),
        { istioVersion: all[`${project}:istioVersion`], folder },
        sources,
    );
    const laid =
        observability === undefined
            ? config
            : { ...config, [`${project}:observability`]: observability };
    const overlay = {
        ...{ project, kubeconfig: places.kubeconfig, sources, config: laid },
        ...(operatorChart === undefined ? {} : { operatorChart }),
    };
    await writeFile(join(folder, "Pulumi.yaml"), projectText);
    await writeFile(
        copy,
        stringify(overlaid(file ?? {}, salt === undefined ? overlay : { ...overlay, salt })),
    );
    return folder;
}

/** Every release of Istio that a release of the operator knows how to install, as its objects spell them. */
function versionsOf(operator: string): readonly string[] {
    return Object.entries(OPERATORS[operator]?.installs ?? {}).flatMap(([minor, highest]) =>
        Array.from({ length: highest + 1 }, (_, patch) => `v${minor}.${patch}`),
    );
}

async function saltOf(file: string): Promise<string | undefined> {
    try {
        return (parse(await readFile(file, "utf8")) as StackFile | null)?.encryptionsalt;
    } catch (error) {
        if (errorCode(error) === "ENOENT") return undefined;
        throw error;
    }
}
