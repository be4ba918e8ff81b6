import { revisionsOf, type RevisionsInput } from "../components/plan/revisions";
import {
    compareVersions,
    installs,
    ISTIO_MINORS,
    minorOf,
    minorsAhead,
    newestInstalled,
    OPERATORS,
} from "../components/plan/versions";
import { removeCommand, setCommand } from "../settings/commands";
import type { Problem } from "../settings/problems";
import type { Settings } from "../settings/schema";
import type { LiveMesh } from "./live-mesh";

/** What is judged against the live mesh. */
export type LiveInput = RevisionsInput & Pick<Settings, "installMethod" | "charts">;

/**
 * What can't be done to the mesh as it is, though the settings are right by themselves. Nothing has
 * been touched yet.
 */
export function liveProblems(live: LiveMesh, settings: LiveInput): readonly Problem[] {
    const switched = methodSwitch(live, settings);
    // A mesh of the other method would be judged by rules that are not its own.
    return switched.length > 0
        ? switched
        : [
              ...tooOldKubernetes(live, settings),
              ...minorsSkipped(live, settings),
              ...(settings.installMethod === "sail"
                  ? [...leftBehind(live, settings), ...revisionsMissing(live, settings)]
                  : []),
          ];
}

/** Both methods make the same objects; the second would fight with the first over them. */
function methodSwitch({ istiods, objects }: LiveMesh, { installMethod }: LiveInput): Problem[] {
    const bySail = objects.filter(({ kind }) => kind === "Istio");
    const byOthers = istiods.filter((istiod) => !istiod.bySail);
    const found =
        installMethod === "helm"
            ? bySail.map(({ name }) => `Istio "${name}" of the Sail Operator`)
            : byOthers.map(({ name }) => `Deployment "${name}" that the Sail Operator didn't make`);
    const other = installMethod === "helm" ? "sail" : "helm";
    return found.length === 0
        ? []
        : [
              {
                  path: ["installMethod"],
                  given: `"${installMethod}", where the cluster has ${found.join(", ")}`,
                  allowed: `"${other}" while that mesh is there: the two would fight over the same objects, and sidecars would lose their istiod meanwhile`,
                  fix: `${setCommand(["installMethod"], other)}; to change it, take the mesh away first, in a maintenance window: pulumi destroy, then ${setCommand(["installMethod"], installMethod)} and pulumi up, then restart the workloads; or build the other mesh in a second cluster and move the traffic`,
              },
          ];
}

/** istiod needs a Kubernetes of at least some minor. */
function tooOldKubernetes({ kubernetes }: LiveMesh, { istioVersion }: LiveInput): Problem[] {
    const [lowest, highest] = ISTIO_MINORS[minorOf(istioVersion)]?.kubernetes ?? [];
    return lowest === undefined || compareVersions(kubernetes, lowest) >= 0
        ? []
        : [
              {
                  path: ["istioVersion"],
                  given: `${JSON.stringify(istioVersion)}, on Kubernetes ${kubernetes}`,
                  allowed: `Kubernetes ${lowest} to ${highest ?? lowest} for Istio ${minorOf(istioVersion)}`,
                  fix: `upgrade the cluster to Kubernetes ${lowest} first`,
              },
          ];
}

/** In place, Istio moves by one minor at a time; with a revision beside, by two. */
function minorsSkipped(live: LiveMesh, settings: LiveInput): Problem[] {
    const { istioVersion, update, installMethod, charts } = settings;
    const most = update.strategy === "InPlace" ? 1 : 2;
    const running =
        installMethod === "sail"
            ? live.objects.filter(({ kind }) => kind === "Istio").map(({ version }) => version)
            : live.istiods.flatMap(({ version }) => version ?? []);
    const wanted = revisionsOf(settings).revisions.at(-1)?.version ?? istioVersion;
    return running
        .filter(isExact)
        .filter((version) => Math.abs(minorsAhead(wanted, version)) > most)
        .slice(0, 1)
        .map((version) => {
            const step = minorsAhead(wanted, version) > 0 ? 1 : -1;
            const next = `1.${Number(version.split(".")[1]) + step}`;
            const release =
                newestInstalled(charts.operator.version, next) ?? `<a release of ${next}>`;
            return {
                path: ["istioVersion"],
                given: `${JSON.stringify(wanted)}, where ${version} runs`,
                allowed: `a release at most ${most === 1 ? "1 minor" : `${most} minors`} away with strategy "${update.strategy}"`,
                fix: `first ${setCommand(["istioVersion"], release)} and pulumi up, then this one`,
            };
        });
}

/** An operator that doesn't know a running version any more stops managing it. */
function leftBehind({ objects }: LiveMesh, { charts }: LiveInput): Problem[] {
    const operator = charts.operator.version;
    // An alias moves with the operator, so it stays known.
    const lost = objects.filter(({ version }) => isExact(version) && !installs(operator, version));
    const [first] = lost;
    if (first === undefined) {
        return [];
    }
    // The last operator that still installs it is the one to move it up with.
    const keeper = Object.keys(OPERATORS).findLast((other) => installs(other, first.version));
    const path = ["charts", "operator", "version"];
    return [
        {
            path,
            given: `${JSON.stringify(operator)}, which doesn't install ${lost.map(({ kind, name, version }) => `${kind} "${name}" ${version}`).join(", ")}`,
            allowed:
                "an operator that installs all that runs: what it doesn't, it no longer manages",
            fix:
                keeper === undefined
                    ? `bring it to ${newestInstalled(operator, minorOf(first.version)) ?? "a release that the operator installs"} with the operator it has`
                    : `first ${setCommand(path, keeper)}, move Istio to a newer minor with it, then upgrade the operator`,
        },
    ];
}

function isExact(version: string): boolean {
    return /^\d+\.\d+\.\d+$/.test(version);
}

/** The operator makes a revision only for Istio's own version: others have to be there already. */
function revisionsMissing({ objects }: LiveMesh, settings: LiveInput): Problem[] {
    const { revisions } = revisionsOf(settings);
    const there = objects.filter(({ kind }) => kind === "IstioRevision").map(({ name }) => name);
    const { update, istioVersion } = settings;
    return revisions.slice(0, -1).flatMap((revision): Problem[] => {
        if (there.includes(revision.name)) {
            return [];
        }
        const key = revision.version === istioVersion ? "canary" : "previous";
        const path = ["update", key];
        return [
            {
                path,
                given: `${JSON.stringify(update[key])}, where there is no revision ${revision.name}`,
                allowed: `a release beside ${revision.version} once that runs: the operator makes one revision at a time`,
                fix:
                    key === "canary"
                        ? `first ${removeCommand(path)} and pulumi up, then this one`
                        : removeCommand(path),
            },
        ];
    });
}
