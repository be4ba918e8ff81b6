import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StatePlaces } from "../places";

/** Everything the living mesh keeps, below the sandbox's state folder. */
export interface LivingPlaces {
    readonly root: string;
    /**
     * The programs that run. They are started by this path, so that every process of the living mesh names
     * its sandbox in its command line.
     */
    readonly bin: string;
    /** One folder for each pod: what its containers see as their root. */
    readonly pods: string;
    readonly logs: string;
    /** What the agent last saw, for `status` and the table at the end of a start. */
    readonly report: string;
    /** Unix socket of the API server's way into the cluster. */
    readonly egress: string;
    readonly egressConfig: string;
}

/** File in the folder of programs: the template from which pilot-agent makes Envoy's bootstrap. */
export const BOOTSTRAP_TEMPLATE = "envoy_bootstrap_tmpl.json";

/** The longest path that a Unix socket may have, with its end mark, on Linux and macOS alike. */
const LONGEST_SOCKET = 103;

/** The places of the living mesh. */
export function livingPlaces({ root, logs }: Pick<StatePlaces, "root" | "logs">): LivingPlaces {
    const living = join(root, "living");
    const egress = join(living, "egress.sock");
    const short = createHash("sha256").update(root).digest("hex").slice(0, 12);
    return {
        root: living,
        bin: join(living, "bin"),
        pods: join(living, "pods"),
        logs: join(logs, "living"),
        report: join(living, "report.json"),
        egress:
            egress.length <= LONGEST_SOCKET ? egress : join(tmpdir(), `istio-mesh-${short}.sock`),
        egressConfig: join(living, "egress.yaml"),
    };
}

/** The API server's configuration of its way into the cluster. */
export function egressConfig({ egress }: LivingPlaces): object {
    return {
        apiVersion: "apiserver.k8s.io/v1beta1",
        kind: "EgressSelectorConfiguration",
        egressSelections: [
            {
                name: "cluster",
                connection: {
                    proxyProtocol: "HTTPConnect",
                    transport: { uds: { udsName: egress } },
                },
            },
        ],
    };
}
