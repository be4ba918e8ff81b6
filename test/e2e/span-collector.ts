/** Takes spans by OTLP over gRPC, as a collector does, and keeps what tests ask for. */
import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { handleUnaryCall } from "@grpc/grpc-js";

/** One span, as far as it is read. */
export interface Span {
    /** Name of the service that made it. */
    readonly service: string;
    /** The trace it belongs to, in hex. */
    readonly trace: string;
    readonly attributes: Readonly<Record<string, string>>;
}

/** A message's fields that hold bytes, by their number: texts, nested messages and lists of them. */
function fieldsOf(message: Buffer): ReadonlyMap<number, readonly Buffer[]> {
    const fields = new Map<number, Buffer[]>();
    let at = 0;
    const varint = (): number => {
        let value = 0;
        for (let factor = 1; ; factor *= 128) {
            const byte = message[at++] ?? 0;
            value += (byte & 127) * factor;
            if (byte < 128) return value;
        }
    };
    while (at < message.length) {
        const tag = varint();
        const [field, wire] = [Math.floor(tag / 8), tag % 8];
        if (wire === 0) varint();
        else if (wire === 1) at += 8;
        else if (wire === 5) at += 4;
        else {
            const length = varint();
            fields.set(field, [...(fields.get(field) ?? []), message.subarray(at, at + length)]);
            at += length;
        }
    }
    return fields;
}

function inside(message: Buffer, ...path: readonly number[]): readonly Buffer[] {
    return path.reduce<readonly Buffer[]>(
        (messages, field) => messages.flatMap((one) => fieldsOf(one).get(field) ?? []),
        [message],
    );
}

/** KeyValue messages whose value is a text. */
function attributesOf(list: readonly Buffer[]): Readonly<Record<string, string>> {
    return Object.fromEntries(
        list.map((pair) => [String(inside(pair, 1)[0] ?? ""), String(inside(pair, 2, 1)[0] ?? "")]),
    );
}

/**
 * Every span of an ExportTraceServiceRequest.
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export function spansOf(request: Buffer): readonly Span[] {
    return inside(request, 1).flatMap((resource) => {
        const service = attributesOf(inside(resource, 1, 1))["service.name"] ?? "";
        return inside(resource, 2, 2).map((span) => ({
            service,
            trace: inside(span, 1)[0]?.toString("hex") ?? "",
            attributes: attributesOf(inside(span, 9)),
        }));
    });
}

/** A collector on a free port of loopback. */
export class SpanCollector {
    readonly spans: Span[] = [];
    private readonly server = new Server();

    /** Starts it, and gives its port. */
    start(): Promise<number> {
        const take: handleUnaryCall<Buffer, Buffer> = ({ request }, answer) => {
            this.spans.push(...spansOf(request));
            answer(null, Buffer.alloc(0));
        };
        const bytes = (message: Buffer): Buffer => message;
        this.server.addService(
            {
                Export: {
                    path: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                    requestStream: false,
                    responseStream: false,
                    ...{ requestSerialize: bytes, requestDeserialize: bytes },
                    ...{ responseSerialize: bytes, responseDeserialize: bytes },
                },
            },
            { Export: take },
        );
        return new Promise((done, failed) => {
            this.server.bindAsync(
                "127.0.0.1:0",
                ServerCredentials.createInsecure(),
                (error, port) => {
                    if (error === null) done(port);
                    else failed(error);
                },
            );
        });
    }

    /** Stops it at once. */
    stop(): void {
        this.server.forceShutdown();
    }
}
