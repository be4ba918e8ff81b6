"use strict";

// Runs a policy pack for the sandbox's engine, which has no Node language host: `<engine's address> <pack>`
// in the pack's folder. The released CLI brings a host, which loads TypeScript before any pack; ours
// compiles itself.

const Module = require("node:module");
const path = require("node:path");

/**
 * Has a module loaded only once something of it is used.
 *
 * @param {string} file what it resolves to
 */
function later(file) {
    let exports;
    const loaded = () => {
        if (exports === undefined) {
            delete require.cache[file];
            exports = require(file);
        }
        return exports;
    };
    // Whoever imports all of it takes an ES module as it is, and would copy anything else.
    const get = (_, name) => name === "__esModule" || loaded()[name];
    const module = Object.assign(new Module(file), { filename: file, loaded: true });
    module.exports = new Proxy({}, { get });
    require.cache[file] = module;
}

const pack = path.resolve(process.argv[3]);
const from = Module.createRequire(path.join(pack, "pack.js"));
const sdk = Module.createRequire(from.resolve("@pulumi/pulumi"));
// What the SDK serializes functions with, which no pack does. It is most of what the SDK takes to load.
for (const name of ["typescript", "@npmcli/arborist"]) later(sdk.resolve(name));
require(pack);
