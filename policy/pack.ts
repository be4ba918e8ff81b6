/**
 * The pack as the engine runs it. Making it starts a server, so nothing else may import this file:
 * tests and the docs read `rules`.
 */
import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("istio-mesh", {
    displayName: "istio-mesh",
    description: "What a mesh made by istio-mesh must always hold.",
    policies: rules,
});
