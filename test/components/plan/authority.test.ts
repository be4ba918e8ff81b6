import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
    authorityData,
    authorityProblems,
    istiodCertificateSpec,
} from "../../../components/plan/authority";
import { issued } from "../../support/issued";
import { settingsWith, type Raw } from "../../support/settings";
import { scratchFolder } from "../../support/scratch";

type Files = Readonly<Partial<Record<string, string>>>;

const root = issued({ name: "Root" });
const between = issued({ name: "Between", by: root });
const mesh = issued({ name: "Mesh", by: between });
const stranger = issued({ name: "Stranger" });
const leaf = issued({ name: "Leaf", by: root, ca: false });
const past = issued({ name: "Past", by: root, from: -20, to: -10 });
const future = issued({ name: "Future", by: root, from: 5 });
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

const GOOD: Files = {
    "ca-cert.pem": mesh.certificate,
    "ca-key.pem": mesh.key,
    "cert-chain.pem": mesh.certificate + between.certificate,
    "root-cert.pem": root.certificate,
};
const of = ({ certificate, key }: { certificate: string; key: string }): Files => ({
    "ca-cert.pem": certificate,
    "ca-key.pem": key,
    "cert-chain.pem": certificate,
    "root-cert.pem": root.certificate,
});

describe("authorityProblems", () => {
    const folder = scratchFolder();
    const write = (files: Files) => {
        for (const [name, text] of Object.entries(files)) {
            if (text !== undefined) writeFileSync(join(folder.path, name), text);
        }
    };
    const problems = () =>
        authorityProblems(
            settingsWith({ mesh: { ca: { secret: { directory: folder.path } } } }).mesh,
        );
    const set = "pulumi config set --path 'istio-mesh:mesh.ca.secret.directory' <path>";

    it("finds nothing where istiod signs by a root of its own", () => {
        assert.deepEqual(authorityProblems(settingsWith().mesh), []);
    });

    const right: readonly (readonly [string, Files])[] = [
        ["an authority, one between and a root", GOOD],
        ["an authority right below the root", of(issued({ name: "Mesh", by: root }))],
        [
            "two roots, as while one takes the other's place",
            {
                ...GOOD,
                "root-cert.pem": stranger.certificate + root.certificate,
            },
        ],
        ["a root that signs itself", of(root)],
    ];
    for (const [what, files] of right) {
        it(`takes ${what}`, () => {
            write(files);
            assert.deepEqual(problems(), []);
        });
    }

    const valid = "certificates that are valid today";
    const wrong: readonly (readonly [string, Files, ...(readonly [string, string, string])[]])[] = [
        [
            "a key that can't be read",
            { ...GOOD, "ca-key.pem": "secret" },
            [
                "ca-key.pem",
                "no private key that can be read",
                "the private key of ca-cert.pem as PEM, without a password",
            ],
        ],
        [
            "files without certificates, all at once",
            { ...GOOD, "ca-cert.pem": "", "root-cert.pem": mesh.key },
            ["ca-cert.pem", "no certificate that can be read", "certificates as PEM"],
            ["root-cert.pem", "no certificate that can be read", "certificates as PEM"],
        ],
        [
            "a certificate whose text is broken",
            { ...GOOD, "cert-chain.pem": mesh.certificate.replace("MII", "AAA") },
            ["cert-chain.pem", "no certificate that can be read", "certificates as PEM"],
        ],
        [
            "another certificate's key",
            { ...GOOD, "ca-key.pem": stranger.key },
            [
                "ca-key.pem",
                'the key of another certificate than "CN=Mesh"',
                "the private key of ca-cert.pem",
            ],
        ],
        [
            "a certificate that may not issue",
            of(leaf),
            [
                "ca-cert.pem",
                '"CN=Leaf" may not issue certificates',
                "the certificate of an authority (CA:TRUE)",
            ],
        ],
        [
            "a chain with a gap",
            { ...GOOD, "cert-chain.pem": mesh.certificate },
            [
                "cert-chain.pem",
                'no way from "CN=Mesh" to "CN=Root"',
                "every authority from ca-cert.pem up to one in root-cert.pem",
            ],
        ],
        [
            "another root",
            { ...GOOD, "root-cert.pem": stranger.certificate },
            [
                "cert-chain.pem",
                'no way from "CN=Mesh" to "CN=Stranger"',
                "every authority from ca-cert.pem up to one in root-cert.pem",
            ],
        ],
        [
            "an authority that has expired",
            { ...of(past), "cert-chain.pem": root.certificate },
            ["ca-cert.pem", `"CN=Past", which expired on ${day(-10)}`, valid],
        ],
        [
            "an authority that isn't valid yet",
            { ...of(future), "cert-chain.pem": root.certificate },
            ["ca-cert.pem", `"CN=Future", which is valid from ${day(5)}`, valid],
        ],
    ];
    for (const [what, files, ...expected] of wrong) {
        it(`refuses ${what}`, () => {
            write(files);
            assert.deepEqual(
                problems(),
                expected.map(([file, given, allowed]) => ({
                    path: ["mesh", "ca", "secret", "directory"],
                    given: `${join(folder.path, file)}: ${given}`,
                    allowed,
                    fix: `replace the file, or name another directory: ${set}`,
                })),
            );
        });
    }

    it("tells all missing files at once", () => {
        write({ "ca-cert.pem": mesh.certificate, "root-cert.pem": root.certificate });
        assert.deepEqual(problems(), [
            {
                path: ["mesh", "ca", "secret", "directory"],
                given: `"${folder.path}": no ca-key.pem, cert-chain.pem in ${folder.path}`,
                allowed: "a directory with ca-cert.pem, ca-key.pem, cert-chain.pem, root-cert.pem",
                fix: set,
            },
        ]);
    });

    it("reads the Secret's data from the same files", () => {
        write(GOOD);
        const data = Object.entries(authorityData(folder.path)).map(([key, value]) => [
            key,
            Buffer.from(value, "base64").toString(),
        ]);
        assert.deepEqual(Object.fromEntries(data), GOOD);
    });
});

describe("istiodCertificateSpec", () => {
    const issuer = { name: "istio-ca", kind: "ClusterIssuer" } as const;
    const spec = (raw: Raw) => istiodCertificateSpec(issuer, settingsWith(raw));

    it("names istiod's Service and identity, and asks the issuer", () => {
        assert.deepEqual(spec({ mesh: { trustDomain: "mesh.example.com" } }), {
            secretName: "istiod-tls",
            commonName: "istiod.istio-system.svc",
            dnsNames: ["istiod.istio-system.svc"],
            uris: ["spiffe://mesh.example.com/ns/istio-system/sa/istiod-service-account"],
            duration: "24h",
            renewBefore: "12h",
            privateKey: { rotationPolicy: "Always", algorithm: "RSA", size: 2048 },
            revisionHistoryLimit: 1,
            issuerRef: { name: "istio-ca", kind: "ClusterIssuer", group: "cert-manager.io" },
        });
    });

    it("names the Service of every revision", () => {
        const revisioned = spec({
            installMethod: "sail",
            istioVersion: "1.30.7",
            update: { strategy: "RevisionBased", canary: "1.31.3" },
        });
        assert.deepEqual(revisioned.dnsNames, [
            "istiod.istio-system.svc",
            "istiod-default-v1-30-7.istio-system.svc",
            "istiod-default-v1-31-3.istio-system.svc",
        ]);
    });
});
