/**
 * Proves what the example of observability promises: spans and access logs of real Envoys, counted, what
 * istiod serves where its monitor looks, and objects that the real CRDs take whole. The tools' charts are
 * stand-ins, unless OBSERVABILITY_CHARTS names a folder with the real ones.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dashboardUrls } from "../../components/observability/dashboards";
import { monitors } from "../../components/observability/monitors";
import { openPort } from "../../sandbox/living/addresses";
import { livingPlaces } from "../../sandbox/living/places";
import { settingsWith } from "../support/settings";
import { example } from "./examples";
import { ask, counted, eventually, many } from "./living-requests";
import { kubectl, loopback, pods, shop, through } from "./living-sandbox";
import { SpanCollector } from "./span-collector";

const SHOP = "shop.example.com";
const REQUESTS = 50;
const collector = new SpanCollector();

/** The example's section, with a collector that the test can look into, outside of the cluster. */
async function ownCollector(config: Readonly<Record<string, unknown>>): Promise<object> {
    const port = await collector.start();
    const section = config["istio-mesh:observability"] as { readonly tracing: object };
    const directory = process.env["OBSERVABILITY_CHARTS"];
    return {
        "istio-mesh:observability": {
            ...section,
            ...(directory === undefined ? {} : { charts: { directory } }),
            tracing: { ...section.tracing, collector: "spans.example.com:4317" },
        },
        "istio-mesh:security": {
            egress: [
                {
                    name: "span-collector",
                    hosts: ["spans.example.com"],
                    ports: [{ number: 4317, protocol: "GRPC", targetPort: port }],
                    addresses: ["127.0.0.1"],
                },
            ],
        },
    };
}

interface Live {
    readonly kind: string;
    readonly metadata: { readonly name: string };
    readonly spec: unknown;
}

async function live(kinds: string, ...where: readonly string[]): Promise<readonly Live[]> {
    const { items } = JSON.parse(await kubectl("get", kinds, ...where, "-o", "json")) as {
        items: Live[];
    };
    return items;
}

/** What istiod serves at the port that its monitor names. */
async function metricsOfIstiod(): Promise<string> {
    const [service] = await live("services", "-n", "istio-system", "-l", "istio=pilot");
    const { clusterIP, ports } = service?.spec as {
        clusterIP: string;
        ports: { name: string; port: number }[];
    };
    const port = ports.find(({ name }) => name === "http-monitoring")?.port ?? 0;
    const address = (await loopback()).of(clusterIP);
    const { status, text } = await ask(`http://${address}:${openPort(port)}/metrics`);
    assert.equal(status, 200);
    return text;
}

/** The dashboards that Grafana is given, by their files. */
async function dashboards(): Promise<Readonly<Record<string, string>>> {
    const map = ["-n", "observability", "get", "configmap", "istio-dashboards", "-o", "json"];
    const { data } = JSON.parse(await kubectl(...map)) as { data: Record<string, string> };
    return data;
}

/** Lines about a path in the logs of a pod's proxy. */
async function logged(app: string, path: string): Promise<number> {
    const [{ pod } = { pod: "" }] = await pods(app);
    const file = join(livingPlaces(shop().places).logs, `${pod.replace("/", ".")}.log`);
    return (await readFile(file, "utf8")).split("\n").filter((line) => line.includes(path)).length;
}

example(
    "observability",
    [
        "Gateway/istio-ingress/istio-ingress",
        "VirtualService/shop/frontend",
        "ServiceEntry/istio-system/span-collector",
        "Telemetry/istio-system/mesh-default",
    ],
    () => {
        after(() => {
            collector.stop();
        });
        let run = 0;

        /** Asks for a path that nobody has asked for before, and gives it. */
        const asked = async (): Promise<string> => {
            await eventually(async () => {
                assert.equal((await through(SHOP, "/")).status, 200);
            });
            run += 1;
            const path = `/seen-${run}`;
            const answers = await many(REQUESTS, () => through(SHOP, path));
            assert.deepEqual(counted(answers.map(({ status }) => status)), { "200": REQUESTS });
            return path;
        };

        it("has a span of each proxy for each request, two to a trace", async () => {
            const path = await asked();
            await eventually(() => {
                const seen = collector.spans.filter(({ attributes }) =>
                    attributes["http.url"]?.endsWith(path),
                );
                assert.deepEqual(counted(seen.map(({ service }) => service)), {
                    "frontend.shop": REQUESTS,
                    "istio-ingress.istio-ingress": REQUESTS,
                });
                const perTrace = counted(seen.map(({ trace }) => trace));
                assert.deepEqual(counted(Object.values(perTrace)), { "2": REQUESTS });
                return Promise.resolve();
            });
        });

        it("logs each request once at the gateway and once at the sidecar", async () => {
            const path = await asked();
            await eventually(async () => {
                assert.deepEqual(
                    [await logged("istio-ingress", path), await logged("frontend", path)],
                    [REQUESTS, REQUESTS],
                );
            });
        });

        it("has monitors that the operator's CRDs take as they are", async () => {
            const wanted = monitors(settingsWith({ observability: { enabled: true } }));
            const made = await live("podmonitors,servicemonitors", "-n", "observability");
            const own = made.filter(({ metadata }) =>
                wanted.some((one) => one.metadata.name === metadata.name),
            );
            const said = (objects: readonly Live[]) =>
                Object.fromEntries(
                    objects.map(({ kind, metadata, spec }) => [`${kind} ${metadata.name}`, spec]),
                );
            assert.deepEqual(said(own), said(wanted));
        });

        it("finds istiod's metrics where its monitor looks", async () => {
            assert.match(await metricsOfIstiod(), /^pilot_info\{/m);
        });

        it("has every dashboard, as Istio's source has it", async () => {
            const files = Object.keys(await dashboards());
            const wanted = Object.values(dashboardUrls("1.31.3")).map(({ url }) =>
                url.slice(url.lastIndexOf("/") + 1),
            );
            assert.deepEqual(
                wanted.filter((file) => !files.includes(file)),
                [],
            );
        });

        it("has in istiod's metrics what the dashboard of istiod asks for", async () => {
            const text = (await dashboards())["pilot-dashboard.gen.json"] ?? "";
            const asked = new Set(text.match(/\b(?:pilot|galley|sidecar|go)_[a-z0-9_]+/g));
            const metrics = await metricsOfIstiod();
            const missing = [...asked].filter(
                (name) => !new RegExp(`^${name}\\b`, "m").test(metrics),
            );
            // Counted from the first failure on.
            const onlyAfterFailure =
                /^(galley_validation_failed|sidecar_injection_failure_total|pilot_total_xds_(rejects|internal_errors))$/;
            assert.deepEqual(
                missing.filter((name) => !onlyAfterFailure.test(name)),
                [],
            );
            assert.ok(asked.size > 15, `${asked.size} metrics`);
        });

        it("finds every proxy by its container and annotations, and nothing else", async () => {
            const items = (await live("pods", "-A")) as readonly (Live & {
                readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
                readonly spec: {
                    readonly containers: readonly { name: string }[];
                    readonly initContainers?: readonly { name: string }[];
                };
            })[];
            const scraped = items.filter(
                ({ metadata: { annotations }, spec }) =>
                    [...spec.containers, ...(spec.initContainers ?? [])].some(
                        ({ name }) => name === "istio-proxy",
                    ) &&
                    annotations?.["prometheus.io/scrape"] === "true" &&
                    annotations["prometheus.io/port"] === "15020" &&
                    annotations["prometheus.io/path"] === "/stats/prometheus",
            );
            assert.deepEqual(scraped.map(({ metadata }) => metadata.name.split("-")[0]).sort(), [
                "checkout",
                "frontend",
                "istio",
            ]);
        });

        it("tells Kiali the cluster's name, and where metrics and traces are", async () => {
            const [kiali] = await live("kialis", "-n", "observability");
            const { auth, kubernetes_config, external_services } = kiali?.spec as Record<
                "auth" | "kubernetes_config",
                object
            > & { external_services: Record<"prometheus" | "tracing", object> };
            // The real chart's CRD adds defaults of its own.
            const holds = (place: object, wanted: object) => {
                assert.deepEqual({ ...place, ...wanted }, place);
            };
            holds(auth, { strategy: "token" });
            holds(kubernetes_config, { cluster_name: "example" });
            holds(external_services.prometheus, {
                url: "http://mesh-prometheus.observability:9090",
            });
            holds(external_services.tracing, {
                enabled: true,
                provider: "jaeger",
                use_grpc: true,
                internal_url: "http://jaeger-query.observability:16685",
            });
        });
    },
    { config: ownCollector },
);
