import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const plugin = (spec: object) => object("wasmPlugin", "shop/filter", { spec });
const loose = (url: string, fix: string) =>
    `WasmPlugin "shop/filter" runs whatever "${url}" holds when a proxy fetches it; ${fix}.`;
const ociFix = "set spec.sha256 or add the image's digest";

export const table: RuleTable = {
    allowed: {
        "an image by digest": plugin({ url: "oci://registry:5000/filters/auth@sha256:0123" }),
        "an image by checksum": plugin({ url: "registry.example.com/auth:1.0", sha256: "0123" }),
        "a file by checksum": plugin({ url: "https://example.com/auth.wasm", sha256: "0123" }),
        "a file in the proxy's image": plugin({ url: "file:///opt/filters/auth.wasm" }),
        "a plugin without a source, which the API server refuses": plugin({}),
    },
    denied: {
        "an image by tag": [
            plugin({ url: "oci://registry.example.com/auth:1.0" }),
            [loose("oci://registry.example.com/auth:1.0", ociFix)],
        ],
        "an image without a scheme": [
            plugin({ url: "registry.example.com/auth:1.0", sha256: "" }),
            [loose("registry.example.com/auth:1.0", ociFix)],
        ],
        "a download": [
            plugin({ url: "https://example.com/auth.wasm" }),
            [loose("https://example.com/auth.wasm", "set spec.sha256")],
        ],
    },
    unknown: {
        "a URL that isn't known yet": [
            plugin({ url: unknown.string }),
            ["string value at .spec.url can't be known during preview"],
        ],
    },
    config: {},
};
