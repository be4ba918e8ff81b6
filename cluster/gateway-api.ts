import { z } from "zod";
import { compareVersions, ISTIO_MINORS, minorOf } from "../components/plan/versions";
import { setCommand } from "../settings/commands";
import type { Problem } from "../settings/problems";
import type { Settings } from "../settings/schema";
import { METADATA_ONLY, type ClusterReader } from "./reader";

const GROUP = "gateway.networking.k8s.io";

/** The kinds that this program's objects are of, with all that they refer to. */
const KINDS = [
    "gatewayclasses",
    "gateways",
    "grpcroutes",
    "httproutes",
    "referencegrants",
    "tlsroutes",
] as const;

/** One of the Gateway API's CRDs in the cluster, as its annotations say. */
export interface LiveBundle {
    readonly kind: string;
    /** Of the bundle, without its `v`; absent where there is no such CRD, or it doesn't say. */
    readonly version?: string;
    readonly channel?: string;
}

const crdSchema = z.object({
    metadata: z.object({ annotations: z.record(z.string(), z.string()).nullish() }),
});

/**
 * Looks at the Gateway API's CRDs that are in the cluster.
 * @throws Error when the API server refuses to say
 */
export async function liveGatewayApi(
    reader: Pick<ClusterReader, "get">,
): Promise<readonly LiveBundle[]> {
    const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const found = await Promise.all(
        KINDS.map((kind) => reader.get(`${path}/${kind}.${GROUP}`, METADATA_ONLY)),
    );
    return found.map((crd, i) => {
        const kind = KINDS[i] ?? "";
        const { annotations } = crd === undefined ? {} : crdSchema.parse(crd).metadata;
        const version = annotations?.[`${GROUP}/bundle-version`]?.replace(/^v/, "");
        const channel = annotations?.[`${GROUP}/channel`];
        return {
            kind,
            ...(version === undefined ? {} : { version }),
            ...(channel === undefined ? {} : { channel }),
        };
    });
}

/** What of the stack is held against the CRDs. */
export type GatewayApiInput = Pick<Settings, "gatewayApi" | "istioVersion">;

/** Whether the CRDs in the cluster matter: those that this stack installs take the others' place. */
export function looksAtGatewayApi({ gatewayApi: { owner, channel } }: GatewayApiInput): boolean {
    return owner !== "managed" || channel === "experimental";
}

/** What is wrong with the Gateway API's CRDs that are there, for the owner that the stack names. */
export function gatewayApiProblems(
    live: readonly LiveBundle[],
    settings: GatewayApiInput,
): readonly Problem[] {
    if (!looksAtGatewayApi(settings)) {
        return [];
    }
    if (settings.gatewayApi.owner === "managed") {
        return blockedChannel(live);
    }
    const missing = live.filter(({ version }) => version === undefined);
    return missing.length > 0
        ? [notThere(missing, live.length, settings)]
        : [...tooOld(live, settings), ...otherChannel(live, settings)];
}

/** From 1.5.0 on a bundle's own admission policy keeps experimental CRDs off standard ones. */
function blockedChannel(live: readonly LiveBundle[]): Problem[] {
    const standard = live.filter(({ channel }) => channel === "standard");
    return standard.length === 0
        ? []
        : [
              {
                  path: ["gatewayApi", "channel"],
                  given: `"experimental", where the cluster has ${bundles(standard)}`,
                  allowed:
                      '"standard": the API server refuses experimental CRDs over standard ones (ValidatingAdmissionPolicy safe-upgrades)',
                  fix: setCommand(["gatewayApi", "channel"], "standard"),
              },
          ];
}

function notThere(
    missing: readonly LiveBundle[],
    all: number,
    { gatewayApi: { owner, version, channel } }: GatewayApiInput,
): Problem {
    const kinds = missing.map(({ kind }) => kind).join(", ");
    return {
        path: ["gatewayApi", "owner"],
        given: `"${owner}", where the cluster has ${
            missing.length === all
                ? "no Gateway API"
                : `no CRD, or none of a known bundle, for ${kinds}`
        }`,
        allowed: `a cluster with all CRDs of the ${channel} bundle ${version} or newer`,
        fix: `${
            owner === "platform"
                ? "turn the Gateway API on in the cluster's own settings"
                : "deploy the stack that owns the Gateway API first"
        }, or ${setCommand(["gatewayApi", "owner"], "managed")}`,
    };
}

/** Istio leaves kinds of a bundle out that is too old for it, and says so only in istiod's log. */
function tooOld(
    live: readonly LiveBundle[],
    { gatewayApi: { owner, version }, istioVersion }: GatewayApiInput,
): Problem[] {
    const older = live.filter((one) => compareVersions(one.version ?? "", version) < 0);
    const [oldest] = older
        .map((one) => one.version ?? "")
        .sort((left, right) => compareVersions(left, right));
    if (oldest === undefined) {
        return [];
    }
    const least = ISTIO_MINORS[minorOf(istioVersion)]?.gatewayApi ?? version;
    const path = ["gatewayApi", "version"];
    const upgrade =
        owner === "platform"
            ? `upgrade the cluster to a release that brings Gateway API ${version}`
            : `have the stack that owns the Gateway API install ${version} first`;
    return [
        {
            path,
            given: `${JSON.stringify(version)}, where the cluster has ${bundles(older)}`,
            allowed: `Gateway API ${version} or newer; Istio ${istioVersion} leaves out kinds of a bundle before ${least}`,
            fix:
                compareVersions(oldest, least) < 0
                    ? upgrade
                    : `${upgrade}, or ${setCommand(path, oldest)}`,
        },
    ];
}

function otherChannel(
    live: readonly LiveBundle[],
    { gatewayApi: { channel } }: GatewayApiInput,
): Problem[] {
    const standard = live.filter((one) => one.channel !== "experimental");
    const path = ["gatewayApi", "channel"];
    return channel === "standard" || standard.length === 0
        ? []
        : [
              {
                  path,
                  given: `"experimental", where the cluster has ${bundles(standard)}`,
                  allowed: '"standard", or CRDs of the experimental channel',
                  fix: setCommand(path, "standard"),
              },
          ];
}

/** Bundles and the kinds that are of them: `standard 1.4.1 (gateways, httproutes)`. */
function bundles(live: readonly LiveBundle[]): string {
    const kinds = new Map<string, string[]>();
    for (const { kind, version, channel } of live) {
        const bundle = [channel, version].filter((part) => part !== undefined).join(" ");
        kinds.set(bundle, [...(kinds.get(bundle) ?? []), kind]);
    }
    return [...kinds].map(([bundle, of]) => `${bundle} (${of.join(", ")})`).join(" and ");
}
