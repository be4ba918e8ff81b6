import { X509Certificate } from "node:crypto";
import { integer, today } from "../../config";
import type { Secret } from "../../kinds/kubernetes";
import { type Finding, objectRule } from "../../rule";

/** Keys of a plug-in authority: Istio's own, and those of a TLS Secret, which istiod takes too. */
const layouts = [
    { issuer: "ca-cert.pem", key: "ca-key.pem", roots: "root-cert.pem", chain: "cert-chain.pem" },
    { issuer: "tls.crt", key: "tls.key", roots: "ca.crt", chain: undefined },
] as const;

function has({ data, stringData }: Secret, key: string): boolean {
    // `in` doesn't read the value, which a preview may not know.
    return (stringData !== undefined && key in stringData) || (data !== undefined && key in data);
}

function textOf({ data, stringData }: Secret, key: string): string {
    return stringData?.[key] ?? Buffer.from(data?.[key] ?? "", "base64").toString("utf8");
}

/** Every certificate of a text; undefined where one can't be read. */
function certificatesIn(text: string): X509Certificate[] | undefined {
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    try {
        const certificates = blocks.map((block) => new X509Certificate(block));
        return certificates.length > 0 ? certificates : undefined;
    } catch {
        return undefined;
    }
}

function nameOf({ subject }: X509Certificate): string {
    return subject.split("\n").join(", ");
}

function dayOf(time: string | number): string {
    return new Date(time).toISOString().slice(0, 10);
}

function* judgeExpiry(
    subject: string,
    key: string,
    certificate: X509Certificate,
    days: number,
): Generator<Finding> {
    const last = dayOf(certificate.validTo);
    const name = `"${nameOf(certificate)}" of ${key}`;
    if (last < today()) {
        yield (
            `${subject} has certificate ${name}, which expired on ${last}: proxies get no certificates that anyone ` +
            "believes; issue a new one."
        );
    } else if (last < dayOf(Date.now() + days * 86_400_000)) {
        yield (
            `${subject} has certificate ${name}, which expires on ${last}, in less than ${days} days; issue a new ` +
            "one now, while both can be trusted."
        );
    }
}

export const limitCaExpiry = objectRule({
    name: "limit-ca-expiry",
    displayName: "The mesh's authority outlives its change",
    description:
        "The certificates of a plugged-in authority (cacerts) are valid, fit together and stay so for a while.",
    why:
        "When istiod's issuer or its root expires, no workload gets a certificate, and strict mutual TLS stops " +
        "all traffic at once. A root is changed in steps, with both trusted in between, which takes weeks: the " +
        "warning has to come before. A pair that doesn't fit keeps istiod from starting.",
    severity: "critical",
    enforcementLevel: "mandatory",
    remediationSteps:
        "Issue a new intermediate from the same root, or rotate the root with both in root-cert.pem, and restart " +
        "workloads before the old one ends.",
    url: "https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/",
    tags: ["secrets", "certificates", "istiod"],
    controls: { nist: ["SC-12", "SC-17"], pci: ["3.7.4"] },
    config: {
        days: integer("How many days an issuer must still be valid.", 60, { minimum: 0 }),
        rootDays: integer("How many days a root must still be valid.", 365, { minimum: 0 }),
    },
    judge: {
        *secret({ subject, shortName, object }, { days, rootDays }) {
            if (shortName !== "cacerts") return;
            const layout = layouts.find(({ issuer }) => has(object, issuer));
            if (!layout) {
                yield `${subject} has no ca-cert.pem, so istiod can't use it; add it with its key, chain and root.`;
                return;
            }
            const { issuer: issuerKey, key, roots: rootsKey, chain: chainKey } = layout;
            for (const needed of [key, rootsKey]) {
                if (!has(object, needed)) {
                    yield `${subject} has ${issuerKey} but no ${needed}, so istiod can't use it; add it.`;
                }
            }
            const read: Record<string, X509Certificate[]> = {};
            for (const name of [
                issuerKey,
                rootsKey,
                ...(chainKey === undefined ? [] : [chainKey]),
            ]) {
                if (!has(object, name)) continue;
                const found = certificatesIn(textOf(object, name));
                if (!found)
                    yield `${subject} has no certificate that can be read in ${name}; put it there as PEM.`;
                else read[name] = found;
            }
            const roots = read[rootsKey] ?? [];
            const [issuer] = read[issuerKey] ?? [];
            for (const root of roots) yield* judgeExpiry(subject, rootsKey, root, rootDays);
            if (!issuer) return;
            yield* judgeExpiry(subject, issuerKey, issuer, days);
            if (!issuer.ca) {
                yield (
                    `${subject} has "${nameOf(issuer)}" in ${issuerKey}, which may not issue certificates; issue it ` +
                    "with CA:TRUE."
                );
            }
            const above = [
                ...(read[issuerKey] ?? []).slice(1),
                ...(read[chainKey ?? ""] ?? []),
                ...roots,
            ];
            const known = above.some(
                (one) => issuer.checkIssued(one) && issuer.verify(one.publicKey),
            );
            if (roots.length > 0 && !known) {
                yield (
                    `${subject} has "${nameOf(issuer)}" in ${issuerKey}, which none of its roots has issued, so no ` +
                    `workload believes another; put its root into ${rootsKey}.`
                );
            }
        },
    },
});
