import { ISTIOD_MIN_AVAILABLE } from "../components/sail/values";
import {
    compareVersions,
    installable,
    installs,
    minorOf,
    newestInstalled,
    OPERATORS,
} from "../components/plan/versions";
import { removeCommand, setCommand, type SettingPath } from "./commands";
import type { Finding, Rule } from "./rules";

const OPERATOR = ["charts", "operator", "version"];

/** The operator is one this program knows, and installs every release of Istio that the stack names. */
const operatorInstalls: Rule = ({ installMethod, charts, istioVersion, update }) => {
    const operator = charts?.operator?.version;
    if (installMethod !== "sail" || operator === undefined) {
        return [];
    }
    const known = Object.keys(OPERATORS);
    if (!known.includes(operator)) {
        return [
            {
                path: OPERATOR,
                given: JSON.stringify(operator),
                allowed: `${known.map((one) => JSON.stringify(one)).join(", ")}: the releases known to this program (components/plan/versions.ts)`,
                fix: setCommand(OPERATOR, known.at(-1) ?? "<version>"),
                from: [["installMethod"]],
            },
        ];
    }
    const asked: readonly [path: SettingPath, version: string | undefined][] = [
        [["istioVersion"], istioVersion],
        [["update", "canary"], update?.canary],
        [["update", "previous"], update?.previous],
    ];
    const versions = asked.flatMap(([, version]) => version ?? []);
    return asked.flatMap(([path, version]): Finding[] =>
        version === undefined || installs(operator, version)
            ? []
            : [
                  {
                      path,
                      given: `${JSON.stringify(version)}, with operator ${operator}`,
                      allowed: `${installable(operator)}: what that operator installs`,
                      fix: nextStep(path, version, operator, versions),
                      from: [OPERATOR, ["installMethod"]],
                  },
              ],
    );
};

/**
 * How to bring an operator and an Istio together: an operator that installs all that is asked for, else
 * the nearest release that this one installs. The operator moves first, then Istio.
 */
function nextStep(
    path: SettingPath,
    version: string,
    operator: string,
    versions: readonly string[],
): string {
    const fits = Object.keys(OPERATORS).filter((other) =>
        versions.every((one) => installs(other, one)),
    );
    const newer = fits.find((other) => compareVersions(other, operator) > 0) ?? fits.at(-1);
    if (newer !== undefined) {
        return setCommand(OPERATOR, newer);
    }
    const nearest = newestInstalled(operator, minorOf(version));
    return nearest === undefined ? setCommand(path, "<version>") : setCommand(path, nearest);
}

/** What Istio's charts take and the operator's objects don't: the API server would drop it unsaid. */
const sayableToSail: Rule = ({ installMethod, sizing }) => {
    const minAvailable = sizing?.istiod?.minAvailable;
    const path = ["sizing", "istiod", "minAvailable"];
    return installMethod === "sail" &&
        minAvailable !== undefined &&
        minAvailable !== ISTIOD_MIN_AVAILABLE
        ? [
              {
                  path,
                  given: `${minAvailable}, with installMethod "sail"`,
                  allowed: `${ISTIOD_MIN_AVAILABLE}: the Istio object has no disruption budget, and the operator always makes this one`,
                  fix: `${removeCommand(path)}, or ${setCommand(["installMethod"], "helm")}`,
                  from: [["installMethod"]],
              },
          ]
        : [];
};

/** What must hold where the Sail Operator installs the mesh. */
export const sailRules: readonly Rule[] = [operatorInstalls, sayableToSail];
