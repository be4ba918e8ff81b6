import { connect } from "node:net";
import type { Problem } from "./problems";
import type { Target } from "./target";

/** How long an API server may take to accept a connection. Milliseconds. */
const PATIENCE = 5_000;

/** A target's address, or nothing where another program or a proxy leads there. */
function addressOf(
    { server, proxied }: Pick<Target, "server" | "proxied">,
    env: Readonly<Record<string, string | undefined>>,
): { host: string; port: number } | undefined {
    const viaProxy =
        proxied === true || ["HTTPS_PROXY", "https_proxy"].some((name) => Boolean(env[name]));
    if (viaProxy || !URL.canParse(server)) {
        return undefined;
    }
    const { hostname, port, protocol } = new URL(server);
    return {
        host: hostname.replace(/^\[|\]$/g, ""),
        port: Number(port) || (protocol === "http:" ? 80 : 443),
    };
}

/**
 * Looks whether anything accepts connections at a target's address, so that a cluster that can't be
 * reached stops the program before it registers anything. Says what is wrong, or nothing.
 */
export async function unreachable(
    target: Target,
    env: Readonly<Record<string, string | undefined>> = process.env,
    patience: number = PATIENCE,
): Promise<Problem | undefined> {
    const address = addressOf(target, env);
    if (address === undefined) {
        return undefined;
    }
    const failure = await new Promise<string | undefined>((resolve) => {
        const socket = connect(address);
        const end = (reason?: string) => {
            socket.destroy();
            resolve(reason);
        };
        socket.setTimeout(patience, () => {
            end(`no answer within ${patience / 1000} s`);
        });
        socket.once("connect", () => {
            end();
        });
        socket.once("error", (error: NodeJS.ErrnoException) => {
            end(error.code ?? error.message);
        });
    });
    return failure === undefined
        ? undefined
        : {
              path: ["kubeContext"],
              given: `${JSON.stringify(target.context)}, whose API server ${target.server} can't be reached: ${failure}`,
              allowed: "the context of a cluster that answers",
              fix: `start the cluster or its tunnel, then try: kubectl --context ${target.context} version`,
          };
}
