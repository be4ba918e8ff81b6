/** Proves what policies make of any rule: which objects it sees, and that no rule hides another's findings. */
import assert from "node:assert/strict";
import { OPERATOR_OBJECTS } from "../../policy/found";
import { toPolicy } from "../../policy/policies";
import { type Finding, objectRule, type Rule, stackRule } from "../../policy/rule";
import { judge, object, unknown } from "../support/policy";

const statement = {
    name: "require-nothing",
    displayName: "Nothing is demanded",
    description: "Nothing is demanded.",
    why: "A rule for tests.",
    severity: "low",
    enforcementLevel: "mandatory",
    remediationSteps: "Nothing.",
    url: "https://istio.io/latest/docs/",
    tags: ["test"],
} as const;

/** Two rules that judge services alike, one by object and one by stack. */
function bothOf(judgeService: (subject: string, type?: string) => Iterable<Finding>): Rule[] {
    return [
        objectRule({
            ...statement,
            judge: {
                service: ({ subject, object: { spec } }) => judgeService(subject, spec?.type),
            },
        }),
        stackRule({
            ...statement,
            reads: [],
            judge: {
                service: ({ subject, object: { spec } }) => judgeService(subject, spec?.type),
            },
        }),
    ];
}

const service = (name: string, type?: string) => object("service", name, { spec: { type } });

for (const rule of bothOf((subject) => [`${subject} is seen.`])) {
    describe(`toPolicy of a rule per ${rule.scope}`, () => {
        const shapes = {
            "typed resources": { type: "kubernetes:core/v1:Service" },
            "any version of the group": { type: "kubernetes:core/v2beta1:Service" },
        };
        for (const [title, { type }] of Object.entries(shapes)) {
            it(`sees ${title}`, async () => {
                const props = { metadata: { namespace: "shop", name: "web" } };
                const { violations } = await judge(rule, { type, name: "w", props });
                assert.deepEqual(violations, ['Service "shop/web" is seen.']);
            });
        }

        it("sees what an operator will create, as far as a component tells", async () => {
            const props = { objects: [service("shop/web"), object("secret", "shop/key")] };
            const carrier = { type: OPERATOR_OBJECTS, name: "operator", props };
            assert.deepEqual((await judge(rule, carrier)).violations, [
                'Service "shop/web" is seen.',
            ]);
        });

        it("takes null for absent, as Kubernetes does", async () => {
            const props = { metadata: { namespace: null, name: "web" }, spec: null };
            const given = { type: "kubernetes:core/v1:Service", name: "w", props };
            assert.deepEqual((await judge(rule, given)).violations, [
                'Service "default/web" is seen.',
            ]);
        });

        for (const type of [
            "kubernetes:core/v1:ServicePatch",
            "kubernetes:core/v1:ServiceList",
            "kubernetes:serving.knative.dev/v1:Service",
            "kubernetes:core:Service",
            "other:core/v1:Service",
            "pulumi:pulumi:Stack",
        ]) {
            it(`passes over ${type}`, async () => {
                const { violations } = await judge(rule, { type, name: "w", props: {} });
                assert.deepEqual(violations, []);
            });
        }
    });
}

const picky = bothOf(function* (subject, type) {
    yield `${subject} is seen.`;
    if (type === "odd") throw new TypeError("that is odd");
});
for (const rule of picky) {
    describe(`toPolicy of a rule per ${rule.scope} that can't judge all`, () => {
        const given = [
            service("shop/a", "odd"),
            service("shop/b", unknown.string),
            service("shop/c"),
        ];

        it("says so for one object and judges the others", async () => {
            const { violations, deferred } = await judge(rule, given);
            const broken =
                'require-nothing couldn\'t judge "a", so nothing vouches for it: TypeError: that is odd. ' +
                "The object has a shape that the rule doesn't expect; correct it, or exempt it and report the rule.";
            assert.deepEqual(violations, [
                'Service "shop/a" is seen.',
                broken,
                'Service "shop/c" is seen.',
            ]);
            const why = "string value at .spec.type can't be known during preview";
            assert.deepEqual(deferred, [rule.scope === "stack" ? `"b": ${why}` : why]);
        });

        it("exempts by pattern, and only while the waiver holds", async () => {
            const waiver = { name: "shop/*", reason: "A lab.", owner: "lab@example.com" };
            for (const [until, count] of [
                ["9999-12-31", 0],
                ["2020-01-01", 3],
            ] as const) {
                const exempt = [{ ...waiver, until }];
                assert.equal((await judge(rule, given, { exempt })).violations.length, count);
            }
        });
    });
}

describe("toPolicy", () => {
    it("passes the metadata on, and the first framework in full", () => {
        const policy = toPolicy(
            objectRule({
                ...statement,
                controls: { nist: ["SC-8", "SC-7"], pci: ["4.2.1"] },
                judge: {},
            }),
        );
        assert.deepEqual(policy.framework, {
            name: "NIST SP 800-53",
            version: "Rev. 5",
            reference: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
            specification: "SC-8, SC-7",
        });
        const { name, displayName, description, severity, url } = policy;
        assert.deepEqual(
            { name, displayName, description, severity, url },
            {
                name: statement.name,
                displayName: statement.displayName,
                description: statement.description,
                severity: statement.severity,
                url: statement.url,
            },
        );
        assert.deepEqual(Object.keys(policy.configSchema?.properties ?? {}), ["exempt"]);
    });
});
