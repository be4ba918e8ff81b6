import assert from "node:assert/strict";
import { crdSchemas, type Crd } from "../../../components/sail/reduce-crds";
import { specTypes } from "../../../components/sail/spec-types";
import type { Schema } from "../../../components/sail/schema";

/** A CRD of ZTunnel with these values. */
function crd(values: Readonly<Record<string, Schema>>): Crd {
    const prose = { description: "long prose" };
    return {
        spec: {
            names: { kind: "ZTunnel", plural: "ztunnels" },
            versions: [
                { name: "v1alpha1", schema: { openAPIV3Schema: {} } },
                {
                    name: "v1",
                    additionalPrinterColumns: [{ name: "Age", type: "date", jsonPath: ".age" }],
                    schema: {
                        openAPIV3Schema: {
                            ...prose,
                            type: "object",
                            "x-kubernetes-validations": [
                                { rule: "self.metadata.name == 'default'" },
                            ],
                            properties: {
                                spec: {
                                    ...prose,
                                    type: "object",
                                    default: { version: "v1.31.0", namespace: "ztunnel" },
                                    required: ["namespace", "version"],
                                    properties: {
                                        version: { type: "string", enum: ["v1.31.0"] },
                                        namespace: { type: "string", default: "ztunnel" },
                                        values: { type: "object", properties: values },
                                    },
                                },
                                status: { type: "object", properties: {} },
                            },
                        },
                    },
                },
            ],
        },
    };
}

const env: Schema = { type: "object", additionalProperties: { type: "string" } };
const port: Schema = {
    type: "object",
    required: ["number"],
    properties: { number: { type: "integer", maximum: 65535 } },
};

describe("reduced CRDs", () => {
    it("keep names, types, required fields, defaults and rules, without prose and versions", () => {
        const { kinds, definitions } = crdSchemas([[crd({ env })]]);
        assert.deepEqual(kinds.ZTunnel, {
            plural: "ztunnels",
            columns: [{ name: "Age", type: "date", jsonPath: ".age" }],
            rules: [{ rule: "self.metadata.name == 'default'" }],
            spec: { $ref: "ZTunnelSpec" },
            status: { $ref: "ZTunnelStatus" },
        });
        assert.deepEqual(definitions, {
            Values: { type: "object", properties: { env } },
            ZTunnelSpec: {
                type: "object",
                default: { namespace: "ztunnel" },
                required: ["namespace", "version"],
                properties: {
                    version: { type: "string" },
                    namespace: { type: "string", default: "ztunnel" },
                    values: { $ref: "Values" },
                },
            },
            ZTunnelStatus: { type: "object", properties: {} },
        });
    });

    it("keep only what every release knows", () => {
        const { definitions } = crdSchemas([
            [crd({ env, level: { type: "string", enum: ["info", "trace"] }, added: env })],
            [crd({ env, level: { type: "string", enum: ["info"] }, dropped: env })],
        ]);
        assert.deepEqual(definitions["Values"]?.properties, {
            env,
            level: { type: "string", enum: ["info"] },
        });
    });

    it("name equal objects once, and different ones apart", () => {
        const { definitions } = crdSchemas([
            [
                crd({
                    ports: { type: "array", items: port },
                    other: { type: "object", properties: { port } },
                    third: {
                        type: "object",
                        properties: { port: { type: "object", properties: { name: env } } },
                    },
                }),
            ],
        ]);
        assert.deepEqual(
            Object.keys(definitions).filter((name) => name.endsWith("Port")),
            ["Port", "ThirdPort"],
        );
    });

    it("become types with no field that the CRD lacks", () => {
        const text = specTypes(
            crdSchemas([[crd({ env, ports: { type: "array", items: port }, "a-b": env })]]),
        );
        assert.match(text, /env\?: Readonly<Record<string, string>>;/);
        assert.match(text, /ports\?: readonly \(Port\)\[\];/);
        assert.match(text, /interface Port {\n {4}readonly number: number;\n}/);
        assert.match(text, /readonly "a-b"\?:/);
        assert.doesNotMatch(text, /ZTunnelStatus/);
    });
});
