import { chartIstiod, chartZtunnel, sailCni, sailIstio } from "../../support/mesh";
import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, runs } from "../../support/workloads";

const ended = (subject: string, version: string, since: string) =>
    `${subject} runs Istio ${version}, which gets no security fixes ${since}; move to 1.30 or 1.31.`;
const istiod = 'Deployment "istio-system/istiod"';

export const table: RuleTable = {
    allowed: {
        "supported releases": [chartIstiod(), chartZtunnel({ version: "1.30.7-distroless" })],
        "a release newer than the pack": chartIstiod({ version: "1.40.0" }),
        "a gateway that the injector completes": chartGateway,
        "an application of that version": runs("nginx:1.27.0"),
        "the operator, which has versions of its own": runs(
            "quay.io/sail-dev/sail-operator:1.28.3",
        ),
        "an alias, which another rule judges": sailIstio({}, { version: "v1.28-latest" }),
        "a tag that isn't a version": chartIstiod({ version: "latest" }),
    },
    denied: {
        "a chart's istiod": [
            chartIstiod({ version: "1.28.4" }),
            [ended(istiod, "1.28.4", "since 2026-07")],
        ],
        "a release older than the pack knows": [
            chartIstiod({ version: "1.9.0" }),
            [ended(istiod, "1.9.0", "for years")],
        ],
        "Sail's objects": [
            [
                sailIstio({}, { version: "v1.29.3" }),
                sailCni({ version: "v1.27.9" }),
                object("istioRevision", "default-v1-28-2", { spec: { version: "v1.28.2" } }),
            ],
            [
                ended('Istio "default"', "1.29.3", "since 2026-10"),
                ended('IstioCNI "default"', "1.27.9", "since 2026-04"),
                ended('IstioRevision "default-v1-28-2"', "1.28.2", "since 2026-07"),
            ],
        ],
    },
    unknown: {
        "a version that isn't known yet": [
            sailIstio({}, { version: unknown.string }),
            ["string value at .spec.version can't be known during preview"],
        ],
    },
    config: {
        maintained: [
            {
                value: ["1.28"],
                objects: [chartIstiod({ version: "1.28.4" }), chartZtunnel({ version: "1.27.1" })],
                messages: [ended('DaemonSet "istio-system/ztunnel"', "1.27.1", "since 2026-04")],
            },
        ],
    },
};
