/** What is wrong with a user's own YAML, told by file and line before anything is changed. */
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readManifests } from "../../../components/plan/manifests";
import { problemText } from "../../../settings/problems";
import { settingsWith } from "../../support/settings";
import { scratchFolder } from "../../support/scratch";

const object = (kind: string, name: string, spec: string, namespace = "shop") => `apiVersion: ${
    kind === "PeerAuthentication" ? "security" : "networking"
}.istio.io/v1
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
${spec.replace(/^/gm, "  ")}
`;
const STRICT = object("PeerAuthentication", "default", "mtls: { mode: STRICT }");
const ROUTE = object(
    "VirtualService",
    "web",
    "hosts: [web]\nhttp:\n- route:\n  - destination: { host: web }",
);

describe("readManifests", () => {
    const folder = scratchFolder();
    const read = (...manifests: string[]) =>
        readManifests(settingsWith({ namespaces: [{ name: "shop" }], manifests }));
    /** Reads one file, with the folder's name taken out of what is said. */
    const judge = (text: string) => {
        const file = join(folder.path, "mesh.yaml");
        writeFileSync(file, text);
        const { objects, problems } = read(file);
        return {
            names: objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
            said: problems.map(problemText).join("\n\n").replaceAll(`${folder.path}/`, ""),
        };
    };

    it("takes every object of every file of a folder, in the order of their names", () => {
        writeFileSync(join(folder.path, "b.yaml"), ROUTE);
        writeFileSync(join(folder.path, "a.yml"), `# mTLS\n---\n${STRICT}---\n`);
        writeFileSync(join(folder.path, "README.md"), "not YAML: [");
        const { objects, problems } = read(folder.path);
        assert.deepEqual(problems, []);
        assert.deepEqual(
            objects.map(({ kind }) => kind),
            ["PeerAuthentication", "VirtualService"],
        );
    });

    const refused: [title: string, text: string, said: string][] = [
        [
            "what is no YAML",
            "apiVersion: [networking.istio.io/v1\nkind: VirtualService\n",
            `  istio-mesh:manifests[0]
    given:   mesh.yaml:2: Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1:
    allowed: YAML
    fix:     mend mesh.yaml:2`,
        ],
        [
            "a key that its kind lacks, at its line",
            ROUTE.replace("- route", "- rout"),
            `  istio-mesh:manifests[0]
    given:   mesh.yaml:9: VirtualService shop/web spec.http[0].rout is [{"destination":{"host":"web"}}]
    allowed: KEYS
    fix:     did you mean route? (mesh.yaml:9)`,
        ],
        [
            "a word that its kind lacks, in the second document",
            `${ROUTE}---\n${STRICT.replace("STRICT", "STRICKT")}`,
            `  istio-mesh:manifests[0]
    given:   mesh.yaml:18: PeerAuthentication shop/default spec.mtls.mode is "STRICKT"
    allowed: "UNSET", "DISABLE", "PERMISSIVE", "STRICT"
    fix:     write spec.mtls.mode as "UNSET", "DISABLE", "PERMISSIVE", "STRICT" (mesh.yaml:18)`,
        ],
        [
            "a namespace outside the mesh",
            STRICT.replace("namespace: shop", "namespace: shops"),
            `  istio-mesh:manifests[0]
    given:   mesh.yaml:5: PeerAuthentication default in the namespace "shops"
    allowed: a namespace of the mesh: shop, istio-system
    fix:     correct metadata.namespace (mesh.yaml:5), or add it to namespaces`,
        ],
        [
            "an object twice",
            `${STRICT}---\n${STRICT}`,
            `  istio-mesh:manifests[0]
    given:   mesh.yaml:12: PeerAuthentication shop/default again
    allowed: each object once; the first is at mesh.yaml:4
    fix:     take one of them out (mesh.yaml:12)`,
        ],
    ];
    for (const [title, text, said] of refused) {
        it(`refuses ${title}`, () => {
            const found = judge(text).said.replace(/allowed: corsPolicy, .*/, "allowed: KEYS");
            assert.equal(found, said);
        });
    }

    it("refuses a kind that is nobody's, and says which there are", () => {
        const { names, said } = judge("apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n");
        assert.deepEqual(names, []);
        assert.match(
            said,
            /mesh\.yaml:2: ConfigMap a kind is "v1 ConfigMap"\n {4}allowed: .*VirtualService/,
        );
    });

    it("refuses a path where nothing is, and a folder without YAML", () => {
        mkdirSync(join(folder.path, "empty"));
        const { problems } = read(join(folder.path, "none.yaml"), join(folder.path, "empty"));
        assert.deepEqual(
            problems.map(({ given }) => given.replaceAll(`${folder.path}/`, "")),
            ['"none.yaml": nothing is there', '"empty": no YAML file in it'],
        );
    });

    it("takes an empty file for nothing", () => {
        assert.deepEqual(judge("# later\n"), { names: [], said: "" });
    });
});
