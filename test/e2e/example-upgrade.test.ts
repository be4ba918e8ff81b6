/**
 * Proves what the example of installation and upgrade promises, step by step. The sandbox plays the operator,
 * with charts of one release: who points where is proven, not what a newer istiod does differently.
 */
import assert from "node:assert/strict";
import { objectText } from "../../review/classes/subjects";
import { planOf } from "../../review/events/changes";
import { heard, reviewed } from "../../review/run/preview";
import { kubectl, list, open } from "./sandbox";

const NAME = "installation-and-upgrade";
const CANARY = [{ name: "canary", revision: "canary" }];

/** The example, with some of what its file says said otherwise. */
function example(update: object = {}, istioVersion = "1.31.2") {
    return open(NAME, {
        config: {
            "istio-mesh:istioVersion": istioVersion,
            "istio-mesh:update": { strategy: "RevisionBased", tags: CANARY, ...update },
        },
    });
}

/** Revisions that run, and where each tag points: what the page's table says. */
async function state(): Promise<{
    runs: readonly string[];
    tags: Readonly<Record<string, string>>;
}> {
    const istiods = (await list("deployments"))
        .map(({ metadata }) => metadata.name)
        .filter((name) => name.startsWith("istiod-"));
    const tags = (await list("istiorevisiontags")).map(
        ({ metadata, spec }) =>
            [metadata.name, (spec as { targetRef: { name: string } }).targetRef.name] as const,
    );
    return { runs: istiods.sort(), tags: Object.fromEntries(tags) };
}

const OLD = "default-v1-31-2";
const NEW = "default-v1-31-3";

/** What of the stack a preview would change, as `update Kind name`; what the operator will make is left out. */
async function changes(opened: ReturnType<typeof example>): Promise<readonly string[]> {
    const stack = await opened;
    const { events, failure } = await heard(
        "The preview",
        (onEvent) => stack.preview({ onEvent }),
        reviewed,
    );
    assert.equal(failure, undefined);
    return planOf(events)
        .changes.filter(({ byOperator }) => byOperator === undefined)
        .flatMap(({ op, object }) => (object === undefined ? [] : [`${op} ${objectText(object)}`]))
        .sort();
}

/** Labels of the namespaces that the stack serves. */
async function labels(): Promise<Readonly<Record<string, string | undefined>>> {
    const of = (name: string, label: string) =>
        kubectl("get", "namespace", name, "-o", `jsonpath={.metadata.labels.${label}}`);
    return {
        shop: await of("shop", "istio-injection"),
        staging: await of("staging", "istio\\.io/rev"),
    };
}

describe("example installation-and-upgrade", function () {
    this.timeout(300_000);
    const trying = { canary: "1.31.3" };
    const LABELS = { shop: "enabled", staging: "canary" };

    it("installs one control plane that both namespaces follow", async () => {
        await (await example()).up();
        assert.deepEqual(await state(), {
            runs: [`istiod-${OLD}`],
            tags: { default: OLD, canary: OLD },
        });
        assert.deepEqual(await labels(), LABELS);
    });

    it("changes nothing at a second up", async () => {
        assert.deepEqual(await changes(example()), []);
        const { summary } = await (await example()).up();
        assert.deepEqual(Object.keys(summary.resourceChanges ?? {}), ["same"]);
    });

    it("tries a release beside it, for the namespace that follows the canary", async () => {
        // The Istio object, whose revisions the operator makes, and the canary's tag.
        assert.deepEqual(await changes(example(trying)), [
            "update Istio default",
            "update IstioRevisionTag canary",
        ]);
        await (await example(trying)).up();
        assert.deepEqual(await state(), {
            runs: [`istiod-${OLD}`, `istiod-${NEW}`],
            tags: { default: OLD, canary: NEW },
        });
        assert.deepEqual(await labels(), LABELS);
    });

    it("rolls back by taking the canary away", async () => {
        await (await example()).up();
        assert.deepEqual((await state()).tags, { default: OLD, canary: OLD });
    });

    it("promotes the release for all, and keeps the old one to go back to", async () => {
        await (await example(trying)).up();
        await (await example({ previous: "1.31.2" }, "1.31.3")).up();
        const { runs, tags } = await state();
        assert.deepEqual(runs, [`istiod-${OLD}`, `istiod-${NEW}`]);
        assert.deepEqual(tags, { default: NEW, canary: NEW, previous: OLD });
        assert.deepEqual(await labels(), LABELS);
    });

    it("is gone after a destroy", async () => {
        await (await example()).destroy();
        const left = await list("namespaces,deployments,istios,istiorevisions,istiorevisiontags");
        assert.deepEqual(
            left
                .map(({ kind, metadata }) => `${kind}/${metadata.name}`)
                .filter((name) => /istio|shop|staging|sail|frontend/.test(name)),
            [],
        );
    });
});
