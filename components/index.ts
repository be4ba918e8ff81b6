export { IngressGateway, type IngressGatewayArgs } from "./ingress-gateway";
export { Mesh, type MeshArgs, type MeshInstall, type Rollouts } from "./mesh";
export { MeshObject, type MeshObjectArgs } from "./mesh-object";
export { ServiceTraffic, type ServiceTrafficArgs } from "./service-traffic";
export { Waypoint, type WaypointArgs } from "./waypoint";
export { Workload, type WorkloadArgs } from "./workload";
