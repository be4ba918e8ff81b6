/** The sandbox as a library: a real control plane on loopback, and stacks deployed into it. */
export { parts } from "./components";
export type { Part, PartName } from "./components";
export { resetSandbox, startCluster, stopCluster } from "./cluster";
export type { Cluster, SandboxOptions } from "./cluster";
export { chartSources } from "./charts";
export type { ChartSources } from "./charts";
export { EngineFailure } from "./failure";
export { SandboxProblem } from "./problem";
export { resolveTools } from "./resolve";
export type { Toolbox } from "./resolve";
export { openStack } from "./stack";
export type { SandboxStack, StackOptions } from "./stack";
