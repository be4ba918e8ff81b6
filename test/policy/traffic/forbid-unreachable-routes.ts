import { object, unknown } from "../../support/policy";
import type { RuleTable } from "../../support/rule-tables";

const service = (spec: object) => object("virtualService", "shop/web", { spec });
const http = (...routes: object[]) => service({ http: routes });
const on = (...match: object[]) => ({ match });
const prefix = (value: unknown) => ({ uri: { prefix: value } });
const never = (place: string, before: string) =>
    `VirtualService "shop/web" never gets to ${place}: ${before} before it takes everything; move the route ` +
    "without a match to the end (IST0130).";
const twin = (place: string, other: string) =>
    `VirtualService "shop/web" never uses ${place}: ${other} has the same; remove one (IST0131).`;
const covered = (place: string, other: string, path: string) =>
    `VirtualService "shop/web" never uses ${place}: ${other} before it takes every path from "${path}" on; move ` +
    "the narrower match first (IST0131).";

export const table: RuleTable = {
    allowed: {
        "narrow to wide": http(on(prefix("/a/b")), on(prefix("/a")), {}),
        "one route": http({}),
        "a wide match that asks for more": http(
            on({ ...prefix("/"), headers: { x: { exact: "1" } } }),
            on(prefix("/a")),
        ),
        "the same path for another port": http(
            on({ ...prefix("/a"), port: 80 }),
            on({ ...prefix("/a"), port: 81 }),
        ),
        "tls and tcp": service({
            tls: [on({ sniHosts: ["a"] }), on({ sniHosts: ["b"] })],
            tcp: [{}],
        }),
    },
    denied: {
        "after everything": [
            http({}, on(prefix("/a")), {}),
            [never("spec.http[1]", "spec.http[0]"), never("spec.http[2]", "spec.http[0]")],
        ],
        "the same match": [
            http(on(prefix("/a")), on(prefix("/b"), { uri: { prefix: "/a" } })),
            [twin("spec.http[1].match[1]", "spec.http[0]")],
        ],
        "the same match in another order": [
            http(
                on({ uri: { exact: "/a" }, method: { exact: "GET" } }),
                on({ method: { exact: "GET" }, uri: { exact: "/a" } }),
            ),
            [twin("spec.http[1].match[0]", "spec.http[0]")],
        ],
        "below a prefix": [
            http(
                on(prefix("/")),
                on(prefix("/a")),
                on({ uri: { exact: "/b" }, method: { exact: "GET" } }),
            ),
            [
                covered("spec.http[1].match[0]", "spec.http[0]", "/"),
                covered("spec.http[2].match[0]", "spec.http[0]", "/"),
            ],
        ],
        "tls and tcp": [
            service({
                tls: [on({ sniHosts: ["a"] }), on({ sniHosts: ["a"] })],
                tcp: [{}, on({ port: 1 })],
            }),
            [twin("spec.tls[1].match[0]", "spec.tls[0]"), never("spec.tcp[1]", "spec.tcp[0]")],
        ],
    },
    unknown: {
        "a match that a preview can't know": [
            http(on(prefix("/a")), on(prefix(unknown.string))),
            ["string value at .spec.http.1.match.0.uri.prefix can't be known during preview"],
        ],
    },
    config: {},
};
