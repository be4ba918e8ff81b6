/** Where progress goes: a terminal or a log. */
export interface Progress {
    /** Prints one line. */
    line(text: string): void;
    /**
     * Runs a step that may take long: says when it starts, that it still runs, and how long it took.
     * @throws what the work throws, after saying that the step failed.
     */
    step<T>(text: string, work: () => Promise<T>): Promise<T>;
}

/** Progress on a stream. On a terminal the elapsed time ticks; a log gets a line every 30 seconds. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
    const line = (text: string): void => {
        stream.write(`${text}\n`);
    };
    const step = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
        const began = Date.now();
        const live = stream.isTTY;
        stream.write(live ? `${text} ...` : `${text} ...\n`);
        const tick = setInterval(
            () => {
                const running = `${text} ... ${seconds(Date.now() - began)}`;
                stream.write(live ? `\r${running}` : `${running}\n`);
            },
            live ? 1_000 : 30_000,
        );
        const end = (mark: string): void => {
            clearInterval(tick);
            stream.write(
                `${live ? "\r" : ""}${text} ... ${mark} (${seconds(Date.now() - began)})\n`,
            );
        };
        try {
            const result = await work();
            end("done");
            return result;
        } catch (error) {
            end("failed");
            throw error;
        }
    };
    return { line, step };
}

/** Progress that nobody sees, for tests and libraries. */
export const SILENT: Progress = {
    line: () => undefined,
    step: (_text, work) => work(),
};

/** A duration for people: `0.4 s`, `12 s`, `3 min 5 s`. */
export function seconds(milliseconds: number): string {
    const total = milliseconds / 1_000;
    if (total < 10) return `${total.toFixed(1)} s`;
    const whole = Math.round(total);
    return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
