import assert from "node:assert/strict";
import { parse } from "yaml";
import {
    JAEGER_SERVICES,
    jaegerConfig,
    jaegerSpec,
} from "../../../components/observability/jaeger-objects";
import { settingsWith, type Raw } from "../../support/settings";

const on = (jaeger: object = {}, more: Raw = {}) =>
    settingsWith({ size: "homelab", observability: { enabled: true, jaeger }, ...more });

interface Config {
    readonly service: {
        readonly extensions: readonly string[];
        readonly pipelines: { readonly traces: Readonly<Record<string, readonly string[]>> };
    };
    readonly extensions: Readonly<Record<string, unknown>> & {
        readonly jaeger_storage: { readonly backends: Readonly<Record<string, unknown>> };
    };
    readonly [section: string]: unknown;
}
const config = (settings: ReturnType<typeof on>) => parse(jaegerConfig(settings)) as Config;

describe("jaegerConfig", () => {
    it("names only parts that it configures", () => {
        const { service, extensions, ...sections } = config(on());
        assert.deepEqual([...service.extensions].sort(), Object.keys(extensions).sort());
        for (const [kind, names] of Object.entries(service.pipelines.traces)) {
            assert.deepEqual(names, Object.keys(sections[kind] as object));
        }
        assert.deepEqual(sections["exporters"], {
            jaeger_storage_exporter: { trace_storage: "traces" },
        });
        assert.deepEqual(Object.keys(extensions.jaeger_storage.backends), ["traces"]);
    });

    it("keeps traces in memory at home, and on a volume in production", () => {
        const backend = (settings: ReturnType<typeof on>) =>
            config(settings).extensions.jaeger_storage.backends["traces"];
        assert.deepEqual(backend(on()), { memory: { max_traces: 100_000 } });
        const badger = {
            badger: {
                ephemeral: false,
                directories: { keys: "/badger/keys", values: "/badger/values" },
                ttl: { spans: "168h" },
            },
        };
        assert.deepEqual(backend(on({}, { size: "production" })), badger);
        assert.deepEqual(backend(on({ storage: "2Gi" })), badger);
    });
});

describe("jaegerSpec", () => {
    it("listens where its Services lead", () => {
        const { template } = jaegerSpec(on()) as {
            template: {
                spec: { containers: { ports: { name: string; containerPort: number }[] }[] };
            };
        };
        const listening = Object.fromEntries(
            template.spec.containers[0]!.ports.map(({ name, containerPort }) => [
                name,
                containerPort,
            ]),
        );
        const led = Object.values(JAEGER_SERVICES).flatMap(({ ports }) =>
            (ports as { targetPort: string; port: number }[]).map(({ targetPort, port }) => [
                targetPort,
                port,
            ]),
        );
        assert.deepEqual(Object.fromEntries(led), listening);
    });

    it("has a volume exactly where traces are kept on one", () => {
        const claims = (settings: ReturnType<typeof on>) =>
            jaegerSpec(settings).volumeClaimTemplates;
        assert.equal(claims(on()), undefined);
        assert.deepEqual(claims(on({ storage: "2Gi" })), [
            {
                metadata: { name: "data" },
                spec: {
                    accessModes: ["ReadWriteOnce"],
                    resources: { requests: { storage: "2Gi" } },
                },
            },
        ]);
    });

    it("starts again when its configuration changes, and only then", () => {
        const sum = (settings: ReturnType<typeof on>) => {
            const { template } = jaegerSpec(settings) as {
                template: { metadata: { annotations: Record<string, string> } };
            };
            return template.metadata.annotations["checksum/config"];
        };
        assert.equal(sum(on()), sum(on()));
        assert.notEqual(sum(on()), sum(on({ storage: "2Gi" })));
    });
});
