/** Proves with Istio's own judges what our stacks make, and what our rules say in their name. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { families } from "../../policy/rules";
import { fixture } from "../support/policy";
import { recorded, recordings } from "../support/recorded";
import type { RecordedName } from "../support/recorded";
import { tableOf } from "../support/rule-tables";
import { analyzed, analyzedAll, validated, withPods } from "./istioctl";
import { OTHERWISE } from "./istioctl-codes";
import { EXAMPLES, objectsOfExample } from "./istioctl-examples";
import { unexpected, unexpectedLines } from "./istioctl-expected";

/** A denied case of a rule that names a code of istioctl's. */
interface Claim {
    readonly claim: string;
    readonly codes: readonly string[];
    readonly objects: readonly object[];
}

const CODE = /IST\d{4}/g;

/** Every denied case whose messages name a code, with its objects as they would be applied. */
function claims(): readonly Claim[] {
    return Object.entries(families).flatMap(([family, rules]) =>
        rules.flatMap(({ name }) =>
            Object.entries(tableOf(family, name)?.denied ?? {}).flatMap(
                ([title, [given, messages]]) => {
                    const codes = [...new Set(messages.join("\n").match(CODE) ?? [])];
                    if (codes.length === 0) return [];
                    const objects = [given].flat().map((one) => fixture(one).props);
                    return [{ claim: `${name}: ${title}`, codes, objects }];
                },
            ),
        ),
    );
}

/** The object that a resource is, or those that the operator will make of it. */
function objectsOf(props: object): readonly object[] {
    if ("kind" in props && "apiVersion" in props) return [props];
    return "objects" in props ? (props.objects as readonly object[]) : [];
}

/** Nobody has anything to say of objects but what is expected. */
async function wellJudged(objects: readonly object[]): Promise<void> {
    assert.ok(objects.length > 20, `only ${objects.length} objects`);
    assert.deepEqual(unexpectedLines(await validated(objects)), []);
    assert.deepEqual(unexpected(await analyzed(objects)), []);
    const [all = []] = await analyzedAll([withPods(objects)]);
    assert.deepEqual(unexpected(all), []);
}

describe("what istioctl says", function () {
    // A machine with empty caches builds it here.
    this.timeout(30 * 60_000);

    for (const name of Object.keys(recordings) as RecordedName[]) {
        it(`of all that stack ${name} makes: nothing but what is expected`, async () => {
            await wellJudged(recorded(name).flatMap(({ props }) => objectsOf(props)));
        });
    }

    for (const name of readdirSync(EXAMPLES)) {
        it(`of all that example ${name} makes: nothing but what is expected`, async () => {
            await wellJudged(await objectsOfExample(name));
        });
    }

    it("is what our rules say in its name", async () => {
        const all = claims();
        assert.ok(all.length > 90, `${all.length} cases name a code`);
        const found = await analyzedAll(all.map(({ objects }) => withPods(objects)));
        const differing = all.flatMap(({ claim, codes }, i) =>
            // A rule may name a code for each of several ways; one of them is the case's.
            found[i]?.some(({ code }) => codes.includes(code)) === true
                ? []
                : [`${claim}: ${codes.join(", ")}`],
        );
        assert.deepEqual(differing.sort(), Object.keys(OTHERWISE).sort());
    });
});
