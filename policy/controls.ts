/** Public frameworks whose controls rules serve. */
import type { PolicyComplianceFramework } from "@pulumi/policy";
import type { Controls } from "./rule";

type Framework = Omit<PolicyComplianceFramework, "specification">;

export const frameworks: Readonly<Record<keyof Controls, Framework>> = {
    nist: {
        name: "NIST SP 800-53",
        version: "Rev. 5",
        reference: "https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final",
    },
    pci: {
        name: "PCI DSS",
        version: "4.0.1",
        reference: "https://www.pcisecuritystandards.org/document_library/",
    },
    cis: {
        name: "CIS Kubernetes Benchmark",
        version: "1.12",
        reference: "https://www.cisecurity.org/benchmark/kubernetes",
    },
    nsa: {
        name: "NSA/CISA Kubernetes Hardening Guidance",
        version: "1.2",
        reference:
            "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF",
    },
};

/** The first framework a rule serves: the SDK has room for one. The docs list all. */
export function framework(controls: Controls): PolicyComplianceFramework | undefined {
    for (const key of Object.keys(frameworks) as (keyof Controls)[]) {
        const served = controls[key];
        if (served) return { ...frameworks[key], specification: served.join(", ") };
    }
    return undefined;
}
