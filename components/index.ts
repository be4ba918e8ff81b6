export { IngressGateway, type IngressGatewayArgs } from "./ingress-gateway";
export { Mesh, type MeshArgs, type MeshInstall, type Rollouts } from "./mesh";
export { MeshNamespace, type MeshNamespaceArgs } from "./mesh-namespace";
export { MeshSecurity, type MeshSecurityArgs } from "./mesh-security";
export { MeshObject, type MeshObjectArgs } from "./mesh-object";
export { ServiceTraffic, type ServiceTrafficArgs } from "./service-traffic";
export { Waypoint, type WaypointArgs } from "./waypoint";
export { Workload, type WorkloadArgs } from "./workload";
