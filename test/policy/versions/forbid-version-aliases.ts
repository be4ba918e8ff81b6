import { sailCni, sailIstio, sailZtunnel } from "../../support/mesh";
import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const moves = (subject: string, version: string) =>
    `${subject} has spec.version "${version}", which an update of the operator moves; ` +
    "set an exact one, such as v1.31.3.";

export const table: RuleTable = {
    allowed: {
        "exact versions": [sailIstio({}), sailCni({ version: "v1.31.3" }), sailZtunnel({})],
        "an exact version before its release": sailIstio({}, { version: "v1.32.0-rc.1" }),
    },
    denied: {
        "an alias": [
            sailIstio({}, { version: "v1.31-latest" }),
            [moves('Istio "default"', "v1.31-latest")],
        ],
        "the development branch": [
            sailZtunnel({ version: "master" }),
            [moves('ZTunnel "default"', "master")],
        ],
        "no version": [
            sailCni({}),
            [
                'IstioCNI "default" has no spec.version, so it gets what the operator prefers on the day it is made; ' +
                    "set an exact one, such as v1.31.3.",
            ],
        ],
    },
    unknown: {
        "a version that isn't known yet": [
            sailIstio({}, { version: unknown.string }),
            ["string value at .spec.version can't be known during preview"],
        ],
    },
    config: {},
};
