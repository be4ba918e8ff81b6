"use strict";

// Prints ValidatingAdmissionPolicies of the rules: node policy/export.js [level file] | kubectl apply -f -

const path = require("node:path");
const { loadTypeScript } = require("./typescript");

loadTypeScript(__dirname, path.join(__dirname, "bin"));
require("./export.ts");
