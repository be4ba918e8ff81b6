/** Proves what is exported for API servers. That they refuse the same objects is proven in test/e2e. */
import assert from "node:assert/strict";
import { admissionObjects } from "../../policy/admission";
import { kinds, pluralOf } from "../../policy/kinds";
import { rules } from "../../policy/rules";

const names = (level: Parameters<typeof admissionObjects>[1]) =>
    admissionObjects(rules, level, "2026-11-22").map(
        ({ kind, metadata }) => `${kind} ${metadata.name}`,
    );

function specOf(name: string, level: Parameters<typeof admissionObjects>[1]) {
    const [policy, binding] = admissionObjects(rules, level, "2026-11-22").filter(
        ({ metadata }) => metadata.name === name,
    );
    return { policy: policy?.spec, binding: binding?.spec } as {
        policy: { matchConditions?: object[]; matchConstraints: object; validations: object[] };
        binding: object;
    };
}

describe("admissionObjects", () => {
    it("makes a policy and its binding, both of the rule's name", () => {
        const stated = rules.filter(
            ({ admission, enforcementLevel }) => admission && enforcementLevel !== "disabled",
        );
        assert.ok(stated.length > 5);
        assert.deepEqual(
            names(new Map()),
            stated.flatMap(({ name }) => [
                `ValidatingAdmissionPolicy ${name}`,
                `ValidatingAdmissionPolicyBinding ${name}`,
            ]),
        );
    });

    it("leaves out a rule that is off", () => {
        const off = new Map([["require-strict-mtls", { enforcementLevel: "disabled" }]]);
        assert.ok(!names(off).includes("ValidatingAdmissionPolicy require-strict-mtls"));
    });

    it("warns where the level does", () => {
        const level = new Map([["require-strict-mtls", { enforcementLevel: "advisory" }]]);
        assert.deepEqual(specOf("require-strict-mtls", level).binding, {
            policyName: "require-strict-mtls",
            validationActions: ["Warn", "Audit"],
        });
    });

    it("takes settings and waivers from the level, without those that have expired", () => {
        const waiver = { name: "shop/*", reason: "Moves.", owner: "shop@example.com" };
        const exempt = [
            { ...waiver, until: "2026-11-22" },
            { ...waiver, name: "old", until: "2026-11-21" },
        ];
        const level = new Map([
            ["require-strict-mtls", { values: { rootNamespace: "root", exempt } }],
        ]);
        const { policy } = specOf("require-strict-mtls", level);
        assert.deepEqual(policy.matchConditions, [
            {
                name: "waiver-1",
                expression:
                    '!((has(object.metadata.namespace) ? object.metadata.namespace + "/" : "") + object.metadata.name)' +
                    '.matches("^shop/.*$") // shop@example.com, until 2026-11-22',
            },
        ]);
        assert.match(JSON.stringify(policy.validations), /namespace != \\"root\\"/);
    });

    it("matches each kind by group and plural, in any version", () => {
        assert.deepEqual(specOf("require-data-plane-label", new Map()).policy.matchConstraints, {
            resourceRules: [
                {
                    apiGroups: [""],
                    apiVersions: ["*"],
                    operations: ["CREATE", "UPDATE"],
                    resources: ["namespaces"],
                },
            ],
        });
    });
});

describe("pluralOf", () => {
    for (const [kind, plural] of [
        ["authorizationPolicy", "authorizationpolicies"],
        ["gateway", "gateways"],
        ["serviceEntry", "serviceentries"],
        ["istioCni", "istiocnis"],
        ["telemetry", "telemetries"],
    ] as const) {
        it(`says ${plural}`, () => {
            assert.equal(pluralOf(kinds[kind]), plural);
        });
    }
});
