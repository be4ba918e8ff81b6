/** A stack with one service of two versions behind a gateway, and what is said of its traffic. */
export const base = {
    namespaces: [{ name: "shop" }],
    workloads: [
        {
            name: "checkout",
            namespace: "shop",
            image: "a:1",
            port: 80,
            versions: [{ name: "v2", image: "a:2" }],
        },
    ],
    gateways: [{ name: "edge", namespace: "public" }],
};
export const t = (one: object, more: object = {}) => ({
    ...base,
    ...more,
    traffic: [{ service: "checkout", namespace: "shop", ...one }],
});
/** The same in an ambient mesh, with a waypoint. */
export const ambient = { dataPlane: "ambient", namespaces: [{ name: "shop", waypoint: true }] };
