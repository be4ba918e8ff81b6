"use strict";

// The engine runs this file.

const path = require("node:path");
const { loadTypeScript } = require("./typescript");

loadTypeScript(__dirname, path.join(__dirname, "bin"));
require("./pack.ts");
