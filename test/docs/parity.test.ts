import assert from "node:assert/strict";
import { parityCases } from "../../docs/parity/cases";
import { differences } from "../../docs/parity/compare";
import { parityPage, unexplained } from "../../docs/parity/page";
import type { RenderedObject } from "../../components/sail/rendering";

function deployment(spec: object, name = "istiod"): RenderedObject {
    return {
        ...{ apiVersion: "apps/v1", kind: "Deployment", spec },
        metadata: { name, namespace: "istio-system" },
    };
}

function configMap(data: Readonly<Record<string, string>>): RenderedObject {
    return { ...{ apiVersion: "v1", kind: "ConfigMap", data }, metadata: { name: "istio" } };
}

const env = (name: string, value: string): object => ({ name, value });

describe("the comparison of both methods", () => {
    const cases: [string, RenderedObject[], RenderedObject[], unknown[]][] = [
        ["the same objects", [deployment({ replicas: 3 })], [deployment({ replicas: 3 })], []],
        [
            "another value",
            [deployment({ replicas: 3 })],
            [deployment({ replicas: 1 })],
            [["spec.replicas", "3", "1"]],
        ],
        [
            "a field that one lacks",
            [deployment({ replicas: 3 })],
            [deployment({})],
            [
                ["spec", undefined, "{}"],
                ["spec.replicas", "3", undefined],
            ],
        ],
        [
            "a list item that one lacks, by its name",
            [deployment({ env: [env("A", "1"), env("B", "2"), env("C", "3")] })],
            [deployment({ env: [env("A", "1"), env("C", "3")] })],
            [
                ["spec.env[B].name", '"B"', undefined],
                ["spec.env[B].value", '"2"', undefined],
            ],
        ],
        [
            "an object that one lacks",
            [deployment({}), deployment({}, "other")],
            [deployment({})],
            [["", "there", undefined]],
        ],
        [
            "a value inside a ConfigMap's text",
            [configMap({ mesh: "trustDomain: a\nmode: x" })],
            [configMap({ mesh: '{"trustDomain": "b", "mode": "x"}' })],
            [["data.mesh.trustDomain", '"a"', '"b"']],
        ],
        [
            "a template inside a ConfigMap, as a whole",
            [configMap({ config: "{{ if .A }}\na: 1" })],
            [configMap({ config: "{{ if .B }}\na: 1" })],
            [["data.config", '"{{ if .A }}\\na: 1"', '"{{ if .B }}\\na: 1"']],
        ],
    ];
    for (const [what, helm, sail, expected] of cases) {
        it(`finds ${what}`, () => {
            assert.deepEqual(
                differences(helm, sail).map(({ field, ...both }) => [field, both.helm, both.sail]),
                expected,
            );
        });
    }

    const about = { name: "ambient, homelab", dataPlane: "ambient", size: "homelab" };

    it("reports a difference that no reason explains", () => {
        const found = differences([deployment({ replicas: 3 })], [deployment({ replicas: 1 })]);
        assert.deepEqual(
            unexplained([{ ...about, override: "none", objects: 1, differences: found }]),
            ["ambient, homelab: Deployment istio-system/istiod spec.replicas: helm 3, sail 1"],
        );
    });

    it("never excuses the bug: node agents and istiod that name different clusters", () => {
        const named = (cluster: string): RenderedObject =>
            deployment({ env: [env("ISTIO_META_CLUSTER_ID", cluster)] }, "ztunnel");
        const found = differences([named("homelab-cluster")], [named("Kubernetes")]);
        assert.equal(
            unexplained([{ ...about, override: "none", objects: 1, differences: found }]).length,
            1,
        );
    });

    it("lists explained differences by their reason", () => {
        const marked = {
            ...deployment({}),
            metadata: {
                ...deployment({}).metadata,
                labels: { "managed-by": "sail-operator" },
            },
        };
        const found = differences([deployment({})], [marked]);
        const all = [{ ...about, override: "none", objects: 1, differences: found }];
        assert.deepEqual(unexplained(all), []);
        assert.match(
            parityPage(all),
            /\| `metadata.labels.managed-by` \| {2}\| `"sail-operator"` \| Deployment istio-system\/istiod \|/,
        );
    });

    it("covers every data plane and size, with every override", () => {
        const names = parityCases().map(({ name }) => name);
        assert.equal(new Set(names).size, names.length);
        assert.equal(names.length, 2 * 2 * 10);
    });
});
