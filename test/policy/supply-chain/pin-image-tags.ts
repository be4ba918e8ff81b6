import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";
import { chartGateway, runs } from "../../support/workloads";

const fix = "pin an exact version, such as 1.31.3, or a digest";
const wrong = (image: string, what: string) =>
    `Deployment "istio-system/istiod" runs "discovery" from "${image}", ${what}; ${fix}.`;
const sail = (subject: string, field: string, value: string) =>
    `${subject} sets ${field} to "${value}", which names no exact version; ${fix}.`;

export const table: RuleTable = {
    allowed: {
        "an exact version": runs("docker.io/istio/pilot:1.31.3"),
        "an exact version of a variant": runs("docker.io/istio/pilot:1.31.3-distroless"),
        "a digest": runs("docker.io/istio/pilot@sha256:0123"),
        "a digest that a tag explains": runs("registry:5000/istio/pilot:latest@sha256:0123"),
        "an application's tag": runs("nginx:latest"),
        "a gateway that the injector completes": chartGateway,
        "a container without an image": runs(undefined),
        "Sail's own images": object("istio", "default", { spec: { version: "v1.31.3" } }),
        "Sail with a tag and bare names": object("istioCni", "default", {
            spec: { values: { global: { tag: "1.31.3" }, cni: { image: "install-cni" } } },
        }),
    },
    denied: {
        "no tag": [
            runs("docker.io/istio/pilot"),
            [wrong("docker.io/istio/pilot", "without a tag, which means latest")],
        ],
        latest: [
            runs("registry:5000/istio/pilot:latest"),
            [wrong("registry:5000/istio/pilot:latest", "whose tag moves")],
        ],
        "a minor release": [
            runs("istio/pilot:1.31"),
            [wrong("istio/pilot:1.31", "whose tag names no exact version")],
        ],
        "a CronJob": [
            runs("istio/proxyv2:latest", "cronJob", "shop/nightly"),
            [
                `CronJob "shop/nightly" runs "discovery" from "istio/proxyv2:latest", whose tag moves; ${fix}.`,
            ],
        ],
        "Sail's tags and references": [
            [
                object("istio", "default", {
                    spec: {
                        values: {
                            global: { tag: "latest" },
                            pilot: { image: "docker.io/istio/pilot" },
                        },
                    },
                }),
                object("istioCni", "default", {
                    spec: { values: { cni: { tag: "1.31-alpha.abc" } } },
                }),
                object("ztunnel", "default", { spec: { values: { ztunnel: { tag: 1.31 } } } }),
            ],
            [
                sail('Istio "default"', "spec.values.global.tag", "latest"),
                sail('Istio "default"', "spec.values.pilot.image", "docker.io/istio/pilot"),
                sail('IstioCNI "default"', "spec.values.cni.tag", "1.31-alpha.abc"),
                sail('ZTunnel "default"', "spec.values.ztunnel.tag", "1.31"),
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
    config: {
        everywhere: [
            {
                value: true,
                objects: [
                    runs("nginx", "pod", "shop/web"),
                    runs("ghcr.io/shop/cart:latest", "job", "shop/load"),
                    runs("ghcr.io/shop/cart:main"),
                ],
                messages: [
                    `Pod "shop/web" runs "discovery" from "nginx", without a tag, which means latest; ${fix}.`,
                    `Job "shop/load" runs "discovery" from "ghcr.io/shop/cart:latest", whose tag moves; ${fix}.`,
                ],
            },
        ],
    },
};
