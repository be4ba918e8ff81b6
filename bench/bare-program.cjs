/**
 * The same charts and objects as the real program, from a plan written beforehand: no config, no
 * checks, no components, no policies, no TypeScript. The floor that the program is held against.
 */
const { readFileSync } = require("node:fs");
const k8s = require("@pulumi/kubernetes");

const { target, namespaces, files, charts, objects } = JSON.parse(
    readFileSync(process.env.ISTIO_MESH_BENCH_PLAN, "utf8"),
);
const provider = new k8s.Provider("cluster", target);
const own = namespaces.map(
    (metadata) => new k8s.core.v1.Namespace(metadata.name, { metadata }, { provider }),
);
const needed = [...own];
if (files.length > 0) {
    needed.push(new k8s.yaml.v2.ConfigGroup("gateway-api", { files }, { provider }));
}
for (const { role, ...chart } of charts) {
    needed.push(new k8s.helm.v4.Chart(role, chart, { provider, dependsOn: [...needed] }));
}
for (const object of objects) {
    const name = `${object.kind}-${object.metadata.name}`;
    const options = { provider, dependsOn: needed };
    const kinds = { ...k8s.apps.v1, ...k8s.core.v1 };
    if (kinds[object.kind]) {
        new kinds[object.kind](name, object, options);
    } else {
        new k8s.apiextensions.CustomResource(name, object, options);
    }
}
