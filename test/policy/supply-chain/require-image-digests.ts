import { unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, runs } from "../../support/workloads";

export const table: RuleTable = {
    allowed: {
        "a digest": runs("docker.io/istio/pilot:1.31.3@sha256:0123"),
        "an application's tag": runs("nginx:1.29"),
        "a gateway that the injector completes": chartGateway,
    },
    denied: {
        "a tag": [
            runs("docker.io/istio/pilot:1.31.3"),
            [
                'Deployment "istio-system/istiod" runs "discovery" from "docker.io/istio/pilot:1.31.3", a tag that ' +
                    "can be pushed again; add its digest, as docker.io/istio/pilot:1.31.3@sha256:....",
            ],
        ],
    },
    unknown: {
        "an image that isn't known yet": [
            runs(unknown.string),
            [
                "string value at .spec.template.spec.containers.0.image can't be known during preview",
            ],
        ],
    },
    config: {},
};
