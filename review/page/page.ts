import { CLASS_MEANINGS, gravest } from "../classes/classes";
import type { Prices } from "../meaning/prices";
import type { Review } from "../review";
import { strong } from "./blocks";
import type { Block, Text } from "./blocks";
import { changesSection, orderSection, radiusSection, rawSection } from "./change-sections";
import { capacitySection, comparisonSection, policySection, versionSection } from "./fact-sections";
import { plural } from "./plural";
import type { Section } from "./section";

/** The most that GitHub takes as one comment, in characters. */
export const COMMENT_LIMIT = 65_536;

/** How a page is written and how long it may be. */
export interface Paper {
    readonly write: (blocks: readonly Block[]) => string;
    readonly limit: number;
    readonly prices?: Prices;
}

/** Room for the sentence that says what was cut, whatever it will say. */
const NOTICE = 500;

/**
 * Writes a review. When it doesn't fit, sections lose items from their ends, the least important section
 * first, and the page says what was cut.
 */
export function pageOf(review: Review, { write, limit, prices }: Paper): string {
    const head = write(headOf(review));
    const parts = sectionsOf(review, prices).map((section) => new Part(section, write));
    const length = () => parts.reduce((sum, { text }) => sum + text.length + 1, head.length);
    if (length() > limit) {
        const room = limit - NOTICE;
        for (const part of [...parts].sort((a, b) => a.importance - b.importance)) {
            part.shorten(room - (length() - part.text.length));
            if (length() <= room) break;
        }
    }
    const cut = parts.filter(({ whole }) => !whole);
    const notice = cut.length === 0 ? [] : [write([noticeOf(cut)])];
    const page = [head, ...notice, ...parts.map(({ text }) => text)]
        .filter((text) => text !== "")
        .join("\n");
    return page.slice(0, limit);
}

/** A section as it is written, with as many of its items as there is room for. */
class Part {
    public text: string;
    private shown: number;
    public readonly importance: number;

    constructor(
        private readonly section: Section,
        private readonly write: Paper["write"],
    ) {
        this.importance = section.importance;
        this.shown = section.size;
        this.text = this.written(section.size);
    }

    public get whole(): boolean {
        return this.shown === this.section.size;
    }

    public get told(): string {
        return `${this.section.title} (${this.shown} of ${this.section.size} shown)`;
    }

    /** Shows as many items as fit into the room; none when even that is too long. */
    public shorten(room: number): void {
        // In doubling steps first: what is written to be thrown away is no more than what remains.
        let [fits, tooMany] = [0, this.section.size + 1];
        let next = 1;
        while (tooMany - fits > 1) {
            if (this.written(next).length <= room) fits = next;
            else tooMany = next;
            const doubled = tooMany > this.section.size ? fits * 2 : Infinity;
            next = Math.min(doubled, Math.ceil((fits + tooMany) / 2), this.section.size);
            if (next <= fits) break;
        }
        this.shown = fits;
        this.text = this.written(fits);
    }

    private written(items: number): string {
        const blocks = this.section.render(items);
        return blocks.length === 0
            ? ""
            : this.write([{ heading: this.section.title, level: 3 }, ...blocks]);
    }
}

function noticeOf(cut: readonly Part[]): Block {
    const what = cut.map(({ told }) => told).join(", ");
    return { text: [strong("Cut to fit: "), `${what}. The JSON beside this has everything.`] };
}

function sectionsOf(review: Review, prices: Prices | undefined): readonly Section[] {
    return [
        changesSection(review),
        radiusSection(review),
        orderSection(review),
        policySection(review),
        versionSection(review),
        capacitySection(review, prices),
        comparisonSection(review),
        rawSection(review),
    ].filter((section) => section !== undefined);
}

function headOf(review: Review): readonly Block[] {
    return [{ heading: `Review of stack ${review.stack}`, level: 2 }, ...verdict(review)];
}

const VERDICTS = {
    none: "Nothing that the mesh notices.",
    low: "Small: nothing but configuration or istiod itself.",
    medium: "Look closely: traffic or proxies are touched.",
    high: "Dangerous: read what is below before you apply it.",
} as const;

function verdict(review: Review): readonly Block[] {
    const { changes, unchanged, findings, gaps, classes, risk } = review;
    const blocking = findings.filter(({ blocks }) => blocks).length;
    const first: Text = !review.complete
        ? [
              strong("Not everything is known. "),
              "What is known is below; don't take it for the whole.",
          ]
        : blocking > 0
          ? [strong("Blocked: "), `${plural(blocking, "policy finding")} must be resolved first.`]
          : [strong(VERDICTS[risk])];
    const titles = [...classes].reverse().filter((name) => name !== "nothing");
    return [
        { text: first },
        ...(gaps.length === 0 ? [] : [{ items: gaps.map((gap): Text => [gap]) }]),
        {
            text: [
                `${plural(changes.length, "change")}, ${unchanged} unchanged, on ${review.target}. `,
                ...(titles.length === 0
                    ? []
                    : [
                          "Gravest: ",
                          strong(CLASS_MEANINGS[gravest(classes)].title),
                          titles.length > 1
                              ? `. Also: ${titles
                                    .slice(1)
                                    .map((name) => CLASS_MEANINGS[name].title.toLowerCase())
                                    .join(", ")}.`
                              : ".",
                      ]),
            ],
        },
        ...wordBlocks(review),
    ];
}

/** What the engine, providers or the program warned of: the reason of a failure is among it. */
function wordBlocks({ words }: Review): readonly Block[] {
    if (words.length === 0) return [];
    return [
        {
            items: words
                .slice(0, 10)
                .map(({ severity, message }): Text => [
                    strong(severity),
                    ` ${message.split("\n").slice(0, 12).join(" ").slice(0, 600)}`,
                ]),
        },
    ];
}
