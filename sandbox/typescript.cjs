"use strict";

// For `node -r`: the project's own TypeScript, compiled once (policy/typescript.js says how).

const path = require("node:path");
const { loadTypeScript } = require("../policy/typescript.js");

const project = path.dirname(__dirname);
loadTypeScript(project, path.join(project, "node_modules", ".cache", "istio-mesh"));
