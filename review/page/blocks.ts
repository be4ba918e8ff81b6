/** A page as data, so that Markdown and the terminal say the same. */

/** A run of text: words of ours, or a name or value that must be shown as it is. */
export type Span =
    | string
    | { readonly code: string }
    | { readonly strong: string }
    | { readonly link: string; readonly to: string };
export type Text = readonly Span[];

export type Block =
    | { readonly heading: string; readonly level: 2 | 3 | 4 }
    | { readonly text: Text }
    | { readonly items: readonly Text[] }
    | { readonly head: readonly string[]; readonly rows: readonly (readonly Text[])[] }
    /** Shown as it is. `mermaid` is a picture where the page can draw one. */
    | { readonly code: string; readonly language: "diff" | "mermaid" | "text" }
    | { readonly folded: string; readonly blocks: readonly Block[] };

export const code = (text: string): Span => ({ code: text });
export const strong = (text: string): Span => ({ strong: text });
