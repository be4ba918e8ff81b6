/**
 * Reads protobuf's `Struct`, which carries a resource's properties, from the wire straight into plain objects.
 * The library makes an object and a map of its own for every value first: for Istio's CRDs alone, which the
 * engine sends three times, that is most of the time that a pack takes.
 *
 * @see https://protobuf.dev/reference/protobuf/google.protobuf/#struct for the fields' numbers
 */
import { BinaryReader } from "google-protobuf";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A field of the message, by its number. */
type Fields<T> = Readonly<Record<number, (into: T, reader: BinaryReader) => void>>;

/** Reads a message; fields that aren't known are passed over, as the library does. */
function reads<T>(fields: Fields<T>): (into: T, reader: BinaryReader) => void {
    return (into, reader) => {
        while (reader.nextField() && !reader.isEndGroup()) {
            const field = fields[reader.getFieldNumber()];
            if (field) field(into, reader);
            else reader.skipField();
        }
    };
}

interface Holder {
    value: unknown;
}

/** One value of a map or list, read by itself. */
function valueIn(reader: BinaryReader): unknown {
    const holder: Holder = { value: null };
    reader.readMessage(holder, readValue);
    return holder.value;
}

const readStruct = reads<Record<string, unknown>>({
    1: (object, reader) => {
        const entry = { key: "", value: null as unknown };
        reader.readMessage(entry, readEntry);
        object[entry.key] = entry.value;
    },
});

const readEntry = reads<{ key: string; value: unknown }>({
    1: (entry, reader) => {
        entry.key = reader.readString();
    },
    2: (entry, reader) => {
        entry.value = valueIn(reader);
    },
});

const readList = reads<unknown[]>({
    1: (list, reader) => {
        list.push(valueIn(reader));
    },
});

const readValue = reads<Holder>({
    1: (holder, reader) => {
        reader.readEnum();
        holder.value = null;
    },
    2: (holder, reader) => {
        holder.value = reader.readDouble();
    },
    3: (holder, reader) => {
        holder.value = reader.readString();
    },
    4: (holder, reader) => {
        holder.value = reader.readBool();
    },
    5: (holder, reader) => {
        const object = {};
        reader.readMessage(object, readStruct);
        holder.value = object;
    },
    6: (holder, reader) => {
        const list: unknown[] = [];
        reader.readMessage(list, readList);
        holder.value = list;
    },
});

/**
 * Has every `Struct` that this process receives read so, once somebody asks for its object: the engine also
 * offers every resource for remediation, which few rules do. Its other methods are not to be used then.
 */
export function readStructsPlainly(): void {
    Struct.deserializeBinaryFromReader = (message, reader) => {
        const [buffer, start] = [reader.getBuffer(), reader.getCursor()];
        while (reader.nextField()) reader.skipField();
        const length = reader.getCursor() - start;
        let object: ReturnType<Struct["toJavaScript"]> | undefined;
        message.toJavaScript = () => {
            if (object === undefined) {
                object = {};
                readStruct(object, new BinaryReader(buffer, start, length));
            }
            return object;
        };
        return message;
    };
}
