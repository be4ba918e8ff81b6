import { DEFAULT_TAG, revisionsOf, type RevisionPlan } from "../components/plan/revisions";
import { compareVersions, minorsAhead } from "../components/plan/versions";
import { pathText, removeCommand, setCommand } from "./commands";
import type { Finding, Parts, Rule } from "./rules";
import { nearest } from "./suggestions";

const STRATEGY = ["update", "strategy"];
const VERSION = ["istioVersion"];

/** Minors that a control plane may be apart from another that proxies move between. */
const FARTHEST = 2;

/** Versions beside the mesh's own need a control plane each. */
const besideNeedsRevisions: Rule = ({ update }) =>
    update?.strategy !== "InPlace"
        ? []
        : (["canary", "previous"] as const).flatMap((key) => {
              const version = update[key];
              const path = ["update", key];
              return version === undefined
                  ? []
                  : [
                        {
                            path,
                            given: `${JSON.stringify(version)}, with strategy "InPlace"`,
                            allowed:
                                "a second release only where each has a control plane of its own",
                            fix: `${setCommand(STRATEGY, "RevisionBased")}, or ${removeCommand(path)}`,
                            from: [STRATEGY],
                        },
                    ];
          });

/** A canary is newer and a previous release older, both near enough for proxies to move. */
const besideIsNear: Rule = ({ update, istioVersion }) =>
    istioVersion === undefined
        ? []
        : (["canary", "previous"] as const).flatMap((key): Finding[] => {
              const version = update?.[key];
              if (version === undefined) {
                  return [];
              }
              const [newer, older] =
                  key === "canary" ? [version, istioVersion] : [istioVersion, version];
              const wanted = key === "canary" ? "newer than" : "older than";
              const path = ["update", key];
              const say = (given: string, allowed: string, fix: string): Finding[] => [
                  { path, given, allowed, fix, from: [VERSION] },
              ];
              if (compareVersions(newer, older) <= 0) {
                  return say(
                      `${JSON.stringify(version)}, with istioVersion ${JSON.stringify(istioVersion)}`,
                      `a release ${wanted} istioVersion`,
                      removeCommand(path),
                  );
              }
              return minorsAhead(newer, older) > FARTHEST
                  ? say(
                        `${JSON.stringify(version)}, ${minorsAhead(newer, older)} minors from istioVersion ${JSON.stringify(istioVersion)}`,
                        `at most ${FARTHEST} minors away: proxies of one move to the other`,
                        setCommand(path, `<${key}>`),
                    )
                  : [];
          });

/** Every tag has a name of its own, and something to point to. */
const tagsPointSomewhere: Rule = (parts) => {
    const { update } = parts;
    const { strategy, name, tags = [] } = update ?? {};
    const taken = (knownRevisions(parts)?.revisions ?? []).map((revision) => revision.name);
    return tags.flatMap((tag, i): Finding[] => {
        const path = ["update", "tags", i];
        const first = tags.findIndex((other) => other.name === tag.name);
        if (tag.name !== undefined && first !== i) {
            return [
                {
                    path: [...path, "name"],
                    given: `${JSON.stringify(tag.name)} again`,
                    allowed: `each name once; the first is ${pathText(["update", "tags", first])}`,
                    fix: setCommand([...path, "name"], "<name>"),
                },
            ];
        }
        if (tag.name !== undefined && taken.includes(tag.name)) {
            return [
                {
                    path: [...path, "name"],
                    given: JSON.stringify(tag.name),
                    allowed: `another name than a revision's: ${taken.join(", ")}`,
                    fix: setCommand([...path, "name"], "<name>"),
                    from: [["update", "name"], STRATEGY],
                },
            ];
        }
        const lacks =
            tag.revision === "previous" && strategy === "RevisionBased" && name !== undefined
                ? update?.previous === undefined
                : tag.revision !== undefined && tag.revision !== "stable" && strategy === "InPlace";
        return lacks
            ? [
                  {
                      path: [...path, "revision"],
                      given: JSON.stringify(tag.revision),
                      allowed:
                          strategy === "InPlace"
                              ? '"stable": in place there is one control plane'
                              : '"stable" or "canary", unless update.previous names a release',
                      fix: setCommand([...path, "revision"], "stable"),
                      from: [STRATEGY, ["update", "previous"]],
                  },
              ]
            : [];
    });
};

/** The revisions and tags of these settings, of tags that are whole; undefined while they can't be told. */
export function knownRevisions({ update, istioVersion }: Parts): RevisionPlan | undefined {
    const { strategy, name, canary, previous, tags = [] } = update ?? {};
    if (strategy === undefined || name === undefined || istioVersion === undefined) {
        return undefined;
    }
    const known = tags.flatMap((tag) =>
        tag.name === undefined || tag.revision === undefined
            ? []
            : [{ name: tag.name, revision: tag.revision }],
    );
    return revisionsOf({
        istioVersion,
        update: { strategy, name, canary, previous, tags: known },
    });
}

/** A namespace follows a tag or revision that there is, and only where it has sidecars. */
const namespacesFollowWhatIsThere: Rule = (parts) => {
    const { namespaces = [], dataPlane, update } = parts;
    const plan = knownRevisions(parts);
    if (plan === undefined) {
        return [];
    }
    const names = [
        ...plan.tags.map((tag) => tag.name),
        // In place, the one revision is what a namespace follows without a word.
        ...(update?.strategy === "RevisionBased" ? plan.revisions.map((one) => one.name) : []),
    ];
    return namespaces.flatMap((namespace, i): Finding[] => {
        const { revision } = namespace;
        if (revision === undefined) {
            return [];
        }
        const path = ["namespaces", i, "revision"];
        const plane = namespace.dataPlane ?? dataPlane;
        if (plane !== undefined && plane !== "sidecar") {
            return [
                {
                    path,
                    given: `${JSON.stringify(revision)}, with data plane "${plane}"`,
                    allowed:
                        "a tag only for sidecars: on another namespace its label would inject them",
                    fix: removeCommand(path),
                    from: [["namespaces", i, "dataPlane"], ["dataPlane"]],
                },
            ];
        }
        if (names.includes(revision)) {
            return [];
        }
        const meant = nearest(revision, names);
        return [
            {
                path,
                given: JSON.stringify(revision),
                allowed:
                    names.map((one) => JSON.stringify(one)).join(", ") ||
                    "nothing: update.tags is empty",
                fix: meant === undefined ? removeCommand(path) : setCommand(path, meant),
                from: [["update"], ["update", "tags"]],
            },
        ];
    });
};

/** The grace period is the operator's, for revisions. */
const graceNeedsRevisions: Rule = ({ update, installMethod }) => {
    if (update?.gracePeriodSeconds === undefined) {
        return [];
    }
    const reason =
        installMethod === "helm"
            ? 'installMethod "helm"'
            : update.strategy === "InPlace"
              ? 'strategy "InPlace"'
              : undefined;
    const path = ["update", "gracePeriodSeconds"];
    return reason === undefined
        ? []
        : [
              {
                  path,
                  given: `${update.gracePeriodSeconds}, with ${reason}`,
                  allowed: "a time only where the Sail Operator removes revisions by itself",
                  fix: removeCommand(path),
                  from: [["installMethod"], STRATEGY],
              },
          ];
};

/** Istio's charts are installed in place. */
const helmIsInPlace: Rule = ({ update, installMethod }) => {
    if (installMethod !== "helm") {
        return [];
    }
    const given: [key: string, value: string][] = [];
    if (update?.strategy === "RevisionBased") {
        given.push(["strategy", update.strategy]);
    }
    if (update?.name !== undefined && update.name !== DEFAULT_TAG) {
        given.push(["name", update.name]);
    }
    return given.map(([key, value]) => ({
        path: ["update", key],
        given: `${JSON.stringify(value)}, with installMethod "helm"`,
        allowed: "revisions only where the Sail Operator makes them",
        fix: `${setCommand(["installMethod"], "sail")}, or ${removeCommand(["update", key])}`,
        from: [["installMethod"]],
    }));
};

/** What must hold between revisions, tags and those who follow them. */
export const updateRules: readonly Rule[] = [
    besideNeedsRevisions,
    besideIsNear,
    tagsPointSomewhere,
    namespacesFollowWhatIsThere,
    graceNeedsRevisions,
    helmIsInPlace,
];
