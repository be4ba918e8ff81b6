/**
 * Who signs the workloads' certificates: an intermediate authority from files, or cert-manager by istio-csr.
 * What istiod reads: https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 * What istio-csr needs: https://cert-manager.io/docs/usage/istio-csr/
 */
import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { AuthoritySettings } from "../../settings/authority";
import { setCommand } from "../../settings/commands";
import type { Problem } from "../../settings/problems";
import type { Settings } from "../../settings/schema";
import { ISTIO_SYSTEM } from "./namespaces";
import { revisionsOf, type RevisionsInput } from "./revisions";

/** The Secret that istiod signs with, when it is there at its start. */
export const CA_SECRET = "cacerts";
/** The Secret with istiod's own certificate, where istiod doesn't sign. */
export const ISTIOD_TLS = "istiod-tls";

/** Keys of the Secret, and names of the files they are read from. */
const FILES = ["ca-cert.pem", "ca-key.pem", "cert-chain.pem", "root-cert.pem"] as const;
type File = (typeof FILES)[number];

/** The Secret's data: the files of a directory, each in base64. */
export function authorityData(directory: string): Readonly<Record<string, string>> {
    return Object.fromEntries(
        FILES.map((file) => [file, readFileSync(resolve(directory, file)).toString("base64")]),
    );
}

/** What is wrong with the files of an intermediate authority, all at once. */
export function authorityProblems(
    { ca }: Pick<Settings["mesh"], "ca">,
    now: Date = new Date(),
): readonly Problem[] {
    const directory = ca?.secret?.directory;
    if (directory === undefined) {
        return [];
    }
    const path = ["mesh", "ca", "secret", "directory"];
    const other = setCommand(path, "<path>");
    const texts = new Map(FILES.map((file) => [file, textOf(resolve(directory, file))]));
    const missing = FILES.filter((file) => texts.get(file) === undefined);
    if (missing.length > 0) {
        return [
            {
                path,
                given: `${JSON.stringify(directory)}: no ${missing.join(", ")} in ${resolve(directory)}`,
                allowed: `a directory with ${FILES.join(", ")}`,
                fix: other,
            },
        ];
    }
    const read = (file: File) => texts.get(file) ?? "";
    return mistakes(read, now).map(({ file, given, allowed }) => ({
        path,
        given: `${join(directory, file)}: ${given}`,
        allowed,
        fix: `replace the file, or name another directory: ${other}`,
    }));
}

interface Mistake {
    readonly file: File;
    readonly given: string;
    readonly allowed: string;
}

function mistakes(read: (file: File) => string, now: Date): readonly Mistake[] {
    const key = privateKey(read("ca-key.pem"));
    const issuer = certificates(read("ca-cert.pem"));
    const chain = certificates(read("cert-chain.pem"));
    const roots = certificates(read("root-cert.pem"));
    const lists = [
        ["ca-cert.pem", issuer],
        ["cert-chain.pem", chain],
        ["root-cert.pem", roots],
    ] as const;
    const signer = issuer[0];
    return [
        ...(key === undefined
            ? [
                  {
                      file: "ca-key.pem" as const,
                      given: "no private key that can be read",
                      allowed: "the private key of ca-cert.pem as PEM, without a password",
                  },
              ]
            : []),
        ...lists.flatMap(([file, list]) =>
            list.length === 0
                ? [
                      {
                          file,
                          given: "no certificate that can be read",
                          allowed: "certificates as PEM",
                      },
                  ]
                : list.flatMap((one) => outdated(file, one, now)),
        ),
        ...(signer === undefined ? [] : ofSigner(signer, key, chain, roots)),
    ];
}

function ofSigner(
    signer: X509Certificate,
    key: KeyObject | undefined,
    chain: readonly X509Certificate[],
    roots: readonly X509Certificate[],
): readonly Mistake[] {
    const found: Mistake[] = [];
    if (!signer.ca) {
        found.push({
            file: "ca-cert.pem",
            given: `${named(signer)} may not issue certificates`,
            allowed: "the certificate of an authority (CA:TRUE)",
        });
    }
    if (key !== undefined && !signer.checkPrivateKey(key)) {
        found.push({
            file: "ca-key.pem",
            given: `the key of another certificate than ${named(signer)}`,
            allowed: "the private key of ca-cert.pem",
        });
    }
    if (chain.length > 0 && roots.length > 0 && !leadsTo(roots, signer, chain)) {
        found.push({
            file: "cert-chain.pem",
            given: `no way from ${named(signer)} to ${roots.map(named).join(" or ")}`,
            allowed: "every authority from ca-cert.pem up to one in root-cert.pem",
        });
    }
    return found;
}

function outdated(file: File, certificate: X509Certificate, now: Date): readonly Mistake[] {
    const { validFrom, validTo } = certificate;
    const from = new Date(validFrom);
    const to = new Date(validTo);
    const allowed = "certificates that are valid today";
    const day = (time: Date) => time.toISOString().slice(0, 10);
    if (to < now) {
        return [{ file, given: `${named(certificate)}, which expired on ${day(to)}`, allowed }];
    }
    return from > now
        ? [{ file, given: `${named(certificate)}, which is valid from ${day(from)}`, allowed }]
        : [];
}

/** Whether a certificate is one of the roots, or was issued by one, over any number of those between. */
function leadsTo(
    roots: readonly X509Certificate[],
    certificate: X509Certificate,
    between: readonly X509Certificate[],
): boolean {
    const issued = (by: X509Certificate) =>
        certificate.checkIssued(by) && certificate.verify(by.publicKey);
    return (
        roots.some((root) => root.fingerprint256 === certificate.fingerprint256 || issued(root)) ||
        between.some((one) => {
            const others = between.filter((other) => other !== one);
            return (
                one.fingerprint256 !== certificate.fingerprint256 &&
                issued(one) &&
                leadsTo(roots, one, others)
            );
        })
    );
}

function named({ subject }: X509Certificate): string {
    return JSON.stringify(subject.split("\n").join(", "));
}

function certificates(text: string): readonly X509Certificate[] {
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    try {
        return blocks.map((block) => new X509Certificate(block));
    } catch {
        return [];
    }
}

function privateKey(text: string): KeyObject | undefined {
    try {
        return createPrivateKey(text);
    } catch {
        return undefined;
    }
}

function textOf(file: string): string | undefined {
    try {
        return readFileSync(file, "utf8");
    } catch {
        return undefined;
    }
}

/** What istiod's own certificate is planned from. */
export type IstiodCertificateInput = RevisionsInput & {
    readonly mesh: Pick<Settings["mesh"], "trustDomain">;
};

/**
 * What cert-manager's Certificate of istiod says: as istio-csr's own chart would have it, but ready before
 * istiod starts, which looks for its certificate only once.
 */
export function istiodCertificateSpec(
    issuer: NonNullable<AuthoritySettings["istioCsr"]>["issuer"],
    input: IstiodCertificateInput,
) {
    const services = revisionsOf(input).revisions.map(({ name }) =>
        name === "default" ? "istiod" : `istiod-${name}`,
    );
    const dnsNames = [...new Set(["istiod", ...services])].map(
        (service) => `${service}.${ISTIO_SYSTEM}.svc`,
    );
    return {
        secretName: ISTIOD_TLS,
        commonName: dnsNames[0],
        dnsNames,
        uris: [`spiffe://${input.mesh.trustDomain}/ns/${ISTIO_SYSTEM}/sa/istiod-service-account`],
        duration: "24h",
        renewBefore: "12h",
        privateKey: { rotationPolicy: "Always", algorithm: "RSA", size: 2048 },
        revisionHistoryLimit: 1,
        issuerRef: { ...issuer, group: "cert-manager.io" },
    };
}
