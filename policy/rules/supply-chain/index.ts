/** Where images, charts and plugins come from, and whether they can change by themselves. */
import { forbidOpaqueReleases } from "./forbid-opaque-releases";
import { pinChartVersions } from "./pin-chart-versions";
import { pinImageTags } from "./pin-image-tags";
import { requireAllowedRegistries } from "./require-allowed-registries";
import { requireImageDigests } from "./require-image-digests";
import { requireWasmChecksum } from "./require-wasm-checksum";

export const supplyChain = [
    forbidOpaqueReleases,
    pinChartVersions,
    pinImageTags,
    requireAllowedRegistries,
    requireImageDigests,
    requireWasmChecksum,
];
