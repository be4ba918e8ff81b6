import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = (...ports: number[]) =>
    object("service", "shop/cart", { spec: { ports: ports.map((port) => ({ port })) } });
const route = (number?: unknown) =>
    object("virtualService", "shop/web", {
        spec: {
            http: [
                {
                    route: [
                        {
                            destination: {
                                host: "cart",
                                port: number === undefined ? undefined : { number },
                            },
                        },
                    ],
                },
            ],
        },
    });
const backend = (port?: number) =>
    object("httpRoute", "shop/web", {
        spec: { rules: [{ backendRefs: [{ name: "cart", port }] }] },
    });
const none = (subject: string, place: string) =>
    `${subject} names no port of Service "shop/cart", which has several; set one of 80, 9090 (IST0112), in ${place}.`;
const wrong = (subject: string, place: string) =>
    `${subject} names port 81, which Service "shop/cart" doesn't have; set one of 80, 9090 (IST0101), in ${place}.`;
const web = 'VirtualService "shop/web"';

export const table: RuleTable = {
    allowed: {
        "the only port, unsaid": [service(80), route()],
        "one of several": [service(80, 9090), route(9090), backend(80)],
        "a Service that another program makes": [route(81), backend()],
        "a Service that a ServiceEntry stands for, too": [
            service(80, 9090),
            object("serviceEntry", "shop/cart", {
                spec: { hosts: ["cart.shop.svc.cluster.local"] },
            }),
            route(81),
        ],
        "a Service without ports": [service(), route(81)],
    },
    denied: {
        "no port of several": [
            [service(80, 9090), route(), backend()],
            [none(web, "spec.http[0]"), none('HTTPRoute "shop/web"', "spec.rules[0].backendRefs")],
        ],
        "a port that isn't there": [
            [service(80, 9090), route(81), backend(81)],
            [
                wrong(web, "spec.http[0]"),
                wrong('HTTPRoute "shop/web"', "spec.rules[0].backendRefs"),
            ],
        ],
    },
    unknown: {
        "a port that a preview can't know": [
            [service(80, 9090), route(unknown.number)],
            [
                '"web": number value at .spec.http.0.route.0.destination.port.number can\'t be known during preview',
            ],
        ],
    },
    config: {},
};
