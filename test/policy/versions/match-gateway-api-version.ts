import { chartIstiod } from "../../support/mesh";
import { type Fixture, object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const prefix = "gateway.networking.k8s.io";
const crd = (plural: string, version?: string, channel = "standard") =>
    object("customResourceDefinition", `${plural}.${prefix}`, {
        metadata: {
            annotations: version
                ? { [`${prefix}/bundle-version`]: version, [`${prefix}/channel`]: channel }
                : {},
        },
        spec: { group: prefix },
    });
const again = (manifest: object): Fixture => ({
    type: "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    name: "again",
    props: manifest,
});
const name = (plural: string) => `CustomResourceDefinition "${plural}.${prefix}"`;
const odd = (plural: string, own: string, common: string) =>
    `${name(plural)} is of ${own}, but the other CRDs of the Gateway API are of ${common}; ` +
    "install one bundle of one channel.";
const bundle = [crd("gateways", "v1.6.0"), crd("httproutes", "v1.6.0")];

export const table: RuleTable = {
    allowed: {
        "one bundle that istiod sees": [chartIstiod(), ...bundle],
        "a bundle without a mesh": [crd("gateways", "v1.2.0")],
        "CRDs of another group": [
            ...bundle,
            object("customResourceDefinition", "widgets.example.com", {
                spec: { group: "example.com" },
            }),
        ],
        "a mesh newer than the pack": [chartIstiod({ version: "1.40.0" }), ...bundle],
    },
    denied: {
        "a bundle that istiod sees only in part": [
            [chartIstiod(), crd("gateways", "v1.5.1")],
            [
                `${name("gateways")} is of bundle 1.5.1, but Deployment "istio-system/istiod" runs Istio 1.31.3, which ` +
                    "sees every kind from 1.6.0 on; install 1.6.0 or newer (IST0176).",
            ],
        ],
        "another version and channel among them": [
            [...bundle, crd("tcproutes", "v1.7.0", "experimental")],
            [
                odd("tcproutes", "version 1.7.0", "1.6.0"),
                odd("tcproutes", "channel experimental", "standard"),
            ],
        ],
        "a CRD that doesn't say": [
            [...bundle, crd("tlsroutes")],
            [
                odd("tlsroutes", "version unknown", "1.6.0"),
                odd("tlsroutes", "channel unknown", "standard"),
            ],
        ],
        "two owners": [
            [...bundle, again(crd("gateways", "v1.6.0"))],
            [
                `${name("gateways")} is in this stack twice, so each update undoes the other; keep one owner.`,
            ],
        ],
    },
    unknown: {
        "an annotation that isn't known yet": [
            [crd("gateways", unknown.string)],
            [
                `"gateways.${prefix}": string value at .metadata.annotations.${prefix}/bundle-version can't be known during preview`,
            ],
        ],
    },
    config: {},
};
