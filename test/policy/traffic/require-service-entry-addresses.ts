import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const entry = (ports: object[], addresses?: string[]) =>
    object("serviceEntry", "shop/db", { spec: { hosts: ["db.example.com"], addresses, ports } });
const istiod = object("deployment", "istio-system/istiod", {
    spec: { template: { metadata: { labels: { app: "istiod" } } } },
});
const mesh = (value: string) =>
    object("configMap", "istio-system/istio", {
        data: { mesh: `defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: "${value}"}}` },
    });
const tcp = { number: 5432, protocol: "TCP" };
const all = (index = 0, port = 5432) =>
    `ServiceEntry "shop/db" has TCP port ${port} in spec.ports[${index}] but no addresses, so it takes all ` +
    "connections to that port; set spec.addresses, or the protocol if it isn't TCP (IST0134).";

export const table: RuleTable = {
    allowed: {
        addresses: entry([tcp], ["192.0.2.1"]),
        "TLS, which names its host": entry([{ number: 443, protocol: "TLS" }]),
        "proxies that capture DNS": [istiod, mesh("true"), entry([tcp])],
        "an ambient namespace": [
            object("namespace", "shop", {
                metadata: { labels: { "istio.io/dataplane-mode": "ambient" } },
            }),
            entry([tcp]),
        ],
    },
    denied: {
        TCP: [entry([tcp]), [all()]],
        "no protocol, and none in capitals": [
            entry([
                { number: 443, protocol: "HTTPS" },
                { number: 1 },
                { number: 2, protocol: "tcp" },
            ]),
            [all(1, 1), all(2, 2)],
        ],
        "proxies that don't capture DNS": [[istiod, mesh("false"), entry([tcp])], [all()]],
    },
    unknown: {
        "a protocol that a preview can't know": [
            entry([{ number: 1, protocol: unknown.string }]),
            ['"db": string value at .spec.ports.0.protocol can\'t be known during preview'],
        ],
    },
    config: {},
};
