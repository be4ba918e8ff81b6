/** Proves that properties read from the wire by the pack are what the library reads. */
import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { AnalyzeRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { readStructsPlainly } from "../../policy/wire";
import { recorded, type RecordedName, recordings } from "../support/recorded";

type Properties = Record<string, JavaScriptValue>;

const sent: Readonly<Record<string, Properties>> = {
    "an empty object": {},
    "every kind of value": {
        none: null,
        number: -1.5,
        text: "späť",
        empty: "",
        yes: true,
        no: false,
        zero: 0,
        object: { inner: { deep: [] } },
        list: [null, 0, "", false, {}, [[1]]],
        "": "a key without a name",
    },
};

describe("properties read from the wire", () => {
    const original = Object.getOwnPropertyDescriptor(Struct, "deserializeBinaryFromReader") ?? {};
    const restore = () => {
        Object.defineProperty(Struct, "deserializeBinaryFromReader", original);
    };
    afterEach(restore);

    const read = (bytes: Uint8Array) => Struct.deserializeBinary(bytes).toJavaScript();
    const same = (properties: Properties) => {
        const bytes = Struct.fromJavaScript(properties).serializeBinary();
        const before = read(bytes);
        readStructsPlainly();
        assert.deepEqual(read(bytes), before);
        restore();
    };

    for (const [title, properties] of Object.entries(sent)) {
        it(`are the same: ${title}`, () => {
            same(properties);
        });
    }

    for (const name of Object.keys(recordings) as RecordedName[]) {
        it(`are the same: all of our own stack ${name}`, () => {
            for (const { props } of recorded(name)) same(props as Properties);
        });
    }

    it("are the same inside a message, and leave what follows them", () => {
        const sentIn = new AnalyzeRequest();
        sentIn.setType("kubernetes:core/v1:Namespace");
        sentIn.setProperties(Struct.fromJavaScript({ metadata: { name: "shop" } }));
        sentIn.setName("shop");
        const bytes = sentIn.serializeBinary();
        readStructsPlainly();
        const received = AnalyzeRequest.deserializeBinary(bytes);
        assert.equal(received.getType(), "kubernetes:core/v1:Namespace");
        assert.equal(received.getName(), "shop");
        const properties = received.getProperties();
        assert.deepEqual(properties?.toJavaScript(), { metadata: { name: "shop" } });
        assert.equal(properties.toJavaScript(), properties.toJavaScript());
    });

    it("pass over fields that aren't known", () => {
        readStructsPlainly();
        // Field 9, a varint, before the entry "a": true.
        const bytes = [0x48, 0x01, 0x0a, 0x07, 0x0a, 0x01, 0x61, 0x12, 0x02, 0x20, 0x01];
        assert.deepEqual(read(Uint8Array.from(bytes)), { a: true });
    });
});
