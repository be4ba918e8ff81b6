import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { officialCharts, release } from "../../support/workloads";

const istiod = (rest: object) =>
    release("istiod", { chart: "istiod", repositoryOpts: officialCharts, ...rest });
const ztunnel = (chart: string, rest: object = {}) => release("ztunnel", { chart, ...rest });

export const table: RuleTable = {
    allowed: {
        "an exact version": istiod({ version: "1.31.3" }),
        "an exact version before its release": istiod({ version: "1.32.0-rc.1" }),
        "a chart by digest": ztunnel("oci://ghcr.io/istio/release/charts/ztunnel@sha256:0123"),
        "a chart on disk": ztunnel("./charts/istio/ztunnel"),
        "a packed chart on disk": ztunnel("istio/ztunnel.tgz"),
        "another program's chart": release("db", { chart: "postgresql" }),
    },
    denied: {
        "no version": [
            istiod({}),
            [
                'Release "istiod" installs chart "istiod" without a version, which means the newest; ' +
                    "set version, such as 1.31.3.",
            ],
        ],
        "a range": [
            istiod({ version: "~1.31" }),
            [
                'Release "istiod" installs chart "istiod" in version "~1.31", which can mean several; ' +
                    "set an exact one, such as 1.31.3.",
            ],
        ],
        "a minor release, with development versions": [
            ztunnel("oci://ghcr.io/istio/release/charts/ztunnel", { version: "1.31", devel: true }),
            [
                'Release "ztunnel" installs chart "ztunnel" in version "1.31", which can mean several; ' +
                    "set an exact one, such as 1.31.3.",
                'Release "ztunnel" installs chart "ztunnel" with devel, which takes versions that aren\'t ' +
                    "released; leave it unset.",
            ],
        ],
    },
    unknown: {
        "a version that isn't known yet": [
            istiod({ version: unknown.string }),
            ["string value at .version can't be known during preview"],
        ],
    },
    config: {},
};
