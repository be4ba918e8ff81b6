import { imageOf } from "../../images";
import { objectRule } from "../../rule";

export const requireWasmChecksum = objectRule({
    name: "require-wasm-checksum",
    displayName: "Wasm plugins are pinned by checksum",
    description: "Every WasmPlugin that is fetched names its content by digest or sha256.",
    why:
        "A plugin runs inside the proxy, where it reads and changes all requests in plain text. Without a " +
        "checksum, whoever can push to the registry or answer for the URL runs code there, and a proxy that " +
        "starts later may run another plugin than its neighbours.",
    severity: "high",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Set spec.sha256, or name an OCI image by digest: oci://registry/plugin@sha256:....",
    url: "https://istio.io/latest/docs/reference/config/proxy_extensions/wasm-plugin/",
    tags: ["supply-chain", "wasm"],
    controls: { nist: ["SI-7", "CM-14"] },
    judge: {
        *wasmPlugin({ subject, object: { spec } }) {
            const url = spec?.url;
            if (url === undefined || url.startsWith("file://")) return;
            const [, scheme = "oci", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/.exec(url) ?? [];
            if (scheme === "oci" && imageOf(rest).digest !== undefined) return;
            if (spec?.sha256 === undefined || spec.sha256 === "") {
                const fix =
                    scheme === "oci"
                        ? "set spec.sha256 or add the image's digest"
                        : "set spec.sha256";
                yield `${subject} runs whatever "${url}" holds when a proxy fetches it; ${fix}.`;
            }
        },
    },
});
