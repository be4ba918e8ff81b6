/** Certificates made for one test run, keys included: Node reads certificates but can't issue any. */
import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** A certificate and its key, both as PEM. */
export interface Issued {
    readonly certificate: string;
    readonly key: string;
}

/** What a certificate shall say. */
export interface Wish {
    /** Its common name. */
    readonly name: string;
    /** Who issues it, by name. Default: itself. */
    readonly by?: Issued & { readonly name: string };
    /** Whether it may issue others. Default: true. */
    readonly ca?: boolean;
    /** Days from now, before 2050. Default: yesterday. */
    readonly from?: number;
    /** Days from now, before 2050. Default: in ten days. */
    readonly to?: number;
}

/** Makes a key on P-256 and a certificate of it. */
export function issued({ name, by, ca = true, from = -1, to = 10 }: Wish): Issued & Wish {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const issuer = by ?? { name, key };
    const algorithm = sequence(identifier("2a8648ce3d040302")); // ECDSA with SHA-256
    const statement = sequence(
        tagged(0xa0, integer(2)), // X.509 version 3
        integer(1, ...createHash("sha256").update(key).digest().subarray(0, 8)),
        algorithm,
        nameOf(issuer.name),
        sequence(utcTime(from), utcTime(to)),
        nameOf(name),
        createPublicKey(privateKey).export({ type: "spki", format: "der" }),
        tagged(
            0xa3,
            sequence(
                // Whether it is an authority, and that its key signs certificates and revocations.
                extension("551d13", sequence(...(ca ? [tagged(0x01, Buffer.from([0xff]))] : []))),
                extension("551d0f", tagged(0x03, Buffer.from(ca ? [1, 0x06] : [7, 0x80]))),
            ),
        ),
    );
    const signature = sign("sha256", statement, issuer.key);
    const der = sequence(
        statement,
        algorithm,
        tagged(0x03, Buffer.concat([Buffer.from([0]), signature])),
    );
    const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
    const certificate = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
    return { name, certificate, key };
}

function tagged(tag: number, content: Buffer): Buffer {
    const { length } = content;
    const size =
        length < 0x80
            ? [length]
            : length < 0x100
              ? [0x81, length]
              : [0x82, length >> 8, length & 0xff];
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
    return tagged(0x30, Buffer.concat(parts));
}

function integer(...bytes: readonly number[]): Buffer {
    return tagged(0x02, Buffer.from(bytes));
}

function identifier(hex: string): Buffer {
    return tagged(0x06, Buffer.from(hex, "hex"));
}

function nameOf(common: string): Buffer {
    return sequence(
        tagged(0x31, sequence(identifier("550403"), tagged(0x0c, Buffer.from(common)))),
    );
}

function utcTime(days: number): Buffer {
    const text = new Date(Date.now() + days * 86_400_000).toISOString();
    return tagged(0x17, Buffer.from(`${text.slice(2, 19).replace(/[-:T]/g, "")}Z`));
}

function extension(id: string, value: Buffer): Buffer {
    const critical = tagged(0x01, Buffer.from([0xff]));
    return sequence(identifier(id), critical, tagged(0x04, value));
}
