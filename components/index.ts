export { IngressGateway, type IngressGatewayArgs } from "./ingress-gateway";
export { Mesh, type MeshArgs, type MeshInstall } from "./mesh";
export { MeshObject, type MeshObjectArgs } from "./mesh-object";
export { Waypoint, type WaypointArgs } from "./waypoint";
export { Workload, type WorkloadArgs } from "./workload";
