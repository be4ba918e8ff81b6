import assert from "node:assert/strict";
import { differences, fits, parsePath, pathText, takenApart } from "../../review/events/paths";
import { isUnknown } from "../../review/events/tree";
import type { Value } from "../../review/events/tree";

describe("a property path", () => {
    for (const [text, path] of [
        ["spec.replicas", ["spec", "replicas"]],
        ["spec.containers[0].env[12].value", ["spec", "containers", 0, "env", 12, "value"]],
        ['metadata.labels["istio.io/rev"]', ["metadata", "labels", "istio.io/rev"]],
        ["data.original-values", ["data", "original-values"]],
        ['data["a \\" b"]', ["data", 'a " b']],
    ] as const) {
        it(`${text} is read, and written as it was`, () => {
            assert.deepEqual(parsePath(text), path);
            assert.deepEqual(parsePath(pathText(path)), path);
        });
    }

    for (const [path, pattern, expected] of [
        ["spec.replicas", "spec.replicas", true],
        ["spec.replicas", "spec", false],
        ["spec", "spec.replicas", false],
        ["spec.template.spec.a", "spec.template.**", true],
        ["spec.template", "spec.template.**", true],
        ["spec.templates", "spec.template.**", false],
        ["webhooks[0].failurePolicy", "webhooks.*.failurePolicy", true],
        ["spec.loadBalancerIP", "spec.loadBalancer*", true],
        ["spec.balancer", "spec.loadBalancer*", false],
    ] as const) {
        it(`${path} ${expected ? "fits" : "doesn't fit"} ${pattern}`, () => {
            assert.equal(fits(parsePath(path), parsePath(pattern)), expected);
        });
    }
});

describe("differences", () => {
    const texts = (before: Value, after: Value) =>
        differences(before, after)
            .flatMap(takenApart)
            .map(({ path }) => pathText(path));

    it("compare named things by name, so that one put in at the front is one difference", () => {
        const before = { env: [{ name: "B", value: "1" }] };
        const after = {
            env: [
                { name: "A", value: "0" },
                { name: "B", value: "1" },
            ],
        };
        assert.deepEqual(texts(before, after), ["env.A.name", "env.A.value"]);
    });

    it("look into YAML and JSON that a ConfigMap holds as text", () => {
        assert.deepEqual(
            texts(
                { data: { mesh: "trustDomain: a\nlogs: {file: x}\n", values: '{"a":{"b":1}}' } },
                { data: { mesh: "trustDomain: b\nlogs: {file: x}\n", values: '{"a":{"b":2}}' } },
            ),
            ["data.mesh.trustDomain", "data.values.a.b"],
        );
    });

    it("leave text alone that is no document", () => {
        assert.deepEqual(texts({ note: "a: [b" }, { note: "a: [c" }), ["note"]);
        assert.deepEqual(texts({ note: "plain" }, { note: "words" }), ["note"]);
    });

    it("say nothing of a document whose layout alone differs", () => {
        assert.deepEqual(texts({ mesh: "a: 1\nb: 2\n" }, { mesh: "b: 2\n# why\na: 1\n" }), []);
    });

    it("take apart what is added or removed as a whole", () => {
        assert.deepEqual(texts({}, { policy: { mode: "ALLOW_ANY" } }), ["policy.mode"]);
        assert.deepEqual(texts({ policy: { mode: "ALLOW_ANY" } }, {}), ["policy.mode"]);
    });

    it("mark values that are known only after the update", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        assert.ok(isUnknown({ deep: [unknown] }));
        const [found] = differences({ a: "1" }, { a: unknown });
        assert.equal(found?.unknown, true);
    });
});
