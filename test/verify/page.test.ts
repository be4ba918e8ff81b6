/** The report as people and programs see it, and that its guide knows every check. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { terminal } from "../../review/page/terminal";
import { CHECKS } from "../../verify/findings";
import { pageOf } from "../../verify/page";
import { exitCodeOf, reportOf } from "../../verify/report";
import {
    ambient,
    captured,
    istiod,
    meshed,
    namespace,
    peer,
    pod,
    sidecars,
    STRICT,
} from "../support/live-mesh";

const ROOT = join(__dirname, "../..");

/** A mesh with a sidecar from before an upgrade, and a pod outside. */
const report = reportOf({
    objects: [
        ...sidecars,
        peer("shop/cart", "UNSET", {
            selector: { matchLabels: { app: "cart" } },
            portLevelMtls: { "8080": { mode: "PERMISSIVE" } },
        }),
        meshed("shop/cart-a", { version: "1.30.4" }),
        meshed("shop/cart-b"),
        namespace("other"),
        pod("other/job-a"),
    ],
});

describe("verify's page", () => {
    it("says what is wrong, then shows every workload", () => {
        assert.ok(report);
        assert.equal(
            terminal(pageOf(report, "the sandbox"), 150),
            `The mesh as it runs
===================

0 faults, 1 to restart, 1 that takes plaintext. Read from the sandbox; nothing was changed.

istiod itself wasn't asked which proxies it knows: that takes the right to pods/proxy in its namespace, and a way from the API server to its port
15014.

Waits for a restart
-------------------

- Deployment shop/cart: its proxy is 1.30.4, and its istiod is 1.31.3. Pods: shop/cart-a. Fix: kubectl -n shop rollout restart deployment cart
  (old-version)

As asked for, and plaintext is taken
------------------------------------

- Deployment shop/cart: it takes plaintext beside mutual TLS on port 8080: a PeerAuthentication says PERMISSIVE on port 8080. Fix: Set STRICT:
  security.mtls for the mesh, namespaces[].mtls for one namespace, or a PeerAuthentication. (plaintext-taken)

Namespace other
---------------

workload   pods  data plane  takes      by  waypoint  proxies  to do
---------  ----  ----------  ---------  --  --------  -------  -----
Pod job-a  1     none        plaintext

Namespace shop
--------------

Deployment cart
  pods: 2
  data plane: sidecar
  takes: mTLS; port 8080: mTLS and plaintext
  by: PeerAuthentication istio-system/default
  proxies: default 1.30.4, default 1.31.3
  to do: restart
`,
        );
    });

    it("shows a waypoint and who says STRICT, of an ambient mesh", () => {
        const labels = {
            "istio.io/dataplane-mode": "ambient",
            "istio.io/use-waypoint": "waypoint",
        };
        const found = reportOf({
            objects: [
                ...ambient.filter(({ kind }) => kind !== "Namespace"),
                namespace("shop", labels),
                captured("shop/cart-a"),
            ],
        });
        assert.deepEqual(found?.workloads, [
            {
                namespace: "shop",
                workload: "Deployment cart",
                pods: 1,
                plane: "ambient",
                proxies: "",
                waypoint: "shop/waypoint",
                takes: "mTLS",
                by: "PeerAuthentication istio-system/default",
                restart: false,
            },
        ]);
    });

    it("ends with 3 for faults and restarts, and for weaknesses where asked to", () => {
        const weak = reportOf({
            objects: [...istiod(), ...sidecars.slice(3, 4), meshed("shop/cart-a")],
        });
        assert.ok(report && weak);
        assert.deepEqual(
            [exitCodeOf(report, false), exitCodeOf(weak, false), exitCodeOf(weak, true)],
            [3, 0, 3],
        );
        const well = reportOf({ objects: [...sidecars, STRICT, meshed("shop/cart-a")] });
        assert.ok(well);
        assert.equal(exitCodeOf(well, true), 0);
    });
});

describe("verify's guide", () => {
    const guide = readFileSync(join(ROOT, "docs/verify.md"), "utf8");

    it("has a row for every check, with its weight and sentence", () => {
        const rows = guide
            .split("\n")
            .map((line) => line.split("|").map((cell) => cell.trim()))
            .filter((cells) => cells[1]?.startsWith("`") === true && cells.length === 5)
            .map(([, name = "", weight = "", sentence = ""]) => [
                name.replaceAll("`", ""),
                [weight, sentence],
            ]);
        assert.deepEqual(Object.fromEntries(rows), CHECKS);
    });
});

describe("verify's rights", () => {
    it("let nobody write or read Secrets", () => {
        const documents = parseAllDocuments(readFileSync(join(ROOT, "verify/rights.yaml"), "utf8"));
        const rules = documents.flatMap(
            (document) =>
                (document.toJS() as { rules?: { resources: string[]; verbs: string[] }[] }).rules ??
                [],
        );
        assert.deepEqual([...new Set(rules.flatMap(({ verbs }) => verbs))].sort(), ["get", "list"]);
        assert.ok(!rules.some(({ resources }) => /secrets|\*/.test(resources.join(" "))));
    });
});
