/**
 * The pack as the engine runs it. Making it starts a server, so nothing else may import this file:
 * tests and the docs read `rules`.
 */
import { PolicyPack } from "@pulumi/policy";
import { toPolicy } from "./policies";
import { rules } from "./rules";
import { checkLevels, shareDeserialized } from "./sdk";
import { readStructsPlainly } from "./wire";

checkLevels(rules);
shareDeserialized();
readStructsPlainly();
new PolicyPack("istio-mesh", {
    displayName: "istio-mesh",
    description: "What every program that touches Istio must hold.",
    policies: rules.map(toPolicy),
});
