import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const config = (data: object) => object("configMap", "shop/settings", { data });
const pods = (container: object, kind: "deployment" | "job" = "deployment") =>
    object(kind, "shop/cart", {
        spec: { template: { spec: { containers: [{ name: "cart", ...container }] } } },
    });
const env = (name: string, value?: unknown) => pods({ env: [{ name, value }] });
const said = (subject: string, what: string, place: string) =>
    `${subject} holds ${what} in ${place}, in plain text for every reader; move it to a Secret, and change it: it ` +
    "has been read.";
const settings = 'ConfigMap "shop/settings"';
const inEnv = (what: string, name: string) =>
    said('Deployment "shop/cart"', what, `env ${name} of container "cart"`);
// Put together here, so that no scanner takes them for real ones.
const pem = ["-----BEGIN EC", "PRIVATE KEY-----"].join(" ");
const token = ["eyJhbGciOiJSUzI1NiJ9", "eyJzdWIiOiJ0ZXN0In0", "c2lnbmF0dXJlMTIz"].join(".");
const accessKey = ["AK", "IA", "A".repeat(16)].join("");

export const table: RuleTable = {
    allowed: {
        "plain settings": config({
            "app.yaml": "url: https://api.example.com\nuser: shop",
            token_ttl: "24h",
        }),
        "a certificate": config({
            "ca.pem": "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
        }),
        "a Secret": object("secret", "shop/key", { stringData: { key: pem } }),
        "a reference": pods({
            env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db" } } }],
        }),
        "where a secret is": env("DB_PASSWORD", "/etc/secrets/db"),
        "another variable's value": env("DB_PASSWORD", "$(OTHER)"),
        "a switch": env("ROTATE_TOKEN", "true"),
        "a policy about tokens": env("JWT_POLICY", "third-party-jwt"),
        "an empty value": env("DB_PASSWORD", ""),
        "an address with a placeholder": config({ dsn: "postgres://${USER}:${PASSWORD}@db" }),
    },
    denied: {
        "keys and tokens": [
            config({
                "a.pem": pem,
                b: `t: ${token}`,
                c: accessKey,
                d: `client-key-data: ${"QUJD".repeat(6)}`,
                e: "postgres://shop:pw@db:5432",
            }),
            [
                said(settings, "a private key", 'data["a.pem"]'),
                said(settings, "a signed token", 'data["b"]'),
                said(settings, "an access key", 'data["c"]'),
                said(settings, "a kubeconfig's client key", 'data["d"]'),
                said(settings, "a URL with a password", 'data["e"]'),
            ],
        ],
        "by name": [
            config({ "db.password": "pw" }),
            [said(settings, "a secret", 'data["db.password"]')],
        ],
        "a variable": [env("DB_PASSWORD", "pw"), [inEnv("a secret", "DB_PASSWORD")]],
        "a variable by its form": [env("CONFIG", token), [inEnv("a signed token", "CONFIG")]],
        "an argument of a Job": [
            pods({ args: ["--url", "https://shop:pw@api.example.com/"] }, "job"),
            [said('Job "shop/cart"', "a URL with a password", 'an argument of container "cart"')],
        ],
        "a variable of istiod": [
            object("istio", "default", {
                spec: { values: { pilot: { env: { VAULT_TOKEN: "pw" } } } },
            }),
            [said('Istio "default"', "a secret", "spec.values.pilot.env.VAULT_TOKEN")],
        ],
    },
    unknown: {
        "a value that a preview can't know": [
            config({ a: pem, b: unknown.string }),
            ["string value at .data.b can't be known during preview"],
            [said(settings, "a private key", 'data["a"]')],
        ],
    },
    config: {
        names: [
            {
                value: ["PIN"],
                objects: [env("CARD_PIN", "x"), env("DB_PASSWORD", "pw")],
                messages: [inEnv("a secret", "CARD_PIN")],
            },
        ],
    },
};
