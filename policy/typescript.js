"use strict";

// Runs TypeScript in plain Node: strips the types of a folder's sources as they are loaded and keeps the
// result on disk, named by content, so that a run after the first neither type-checks nor compiles.
// Types are checked once, by `npm run typecheck`. It stands beside the pack because the pack also runs
// alone; the sandbox starts by it too.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const compiler = `${require("typescript/package.json").version}\n${fs.readFileSync(__filename, "utf8")}`;

/** The JavaScript of one source: from the cache, or compiled and put there. */
function compiled(file, root, cache) {
    const source = fs.readFileSync(file, "utf8");
    const stem = `${path.relative(root, file).replaceAll(path.sep, "~")}-`;
    const name = `${stem}${createHash("sha256").update(compiler).update(source).digest("hex").slice(0, 16)}.js`;
    try {
        return fs.readFileSync(path.join(cache, name), "utf8");
    } catch {
        // Not compiled yet, or the cache can't be read: both mean to compile.
    }
    const ts = require("typescript"); // Here, not above: loading it takes longer than the rest.
    const { outputText } = ts.transpileModule(source, {
        fileName: file,
        compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.CommonJS,
            esModuleInterop: true,
            inlineSourceMap: true,
        },
    });
    try {
        fs.mkdirSync(cache, { recursive: true });
        for (const old of fs.readdirSync(cache)) {
            if (old.startsWith(stem) && old.endsWith(".js"))
                fs.rmSync(path.join(cache, old), { force: true });
        }
        // Written aside and renamed: a second process that starts now reads a whole file or none.
        const aside = path.join(cache, `${name}.${process.pid}`);
        fs.writeFileSync(aside, outputText);
        fs.renameSync(aside, path.join(cache, name));
    } catch {
        // A read-only checkout costs the next run a compilation, nothing else.
    }
    return outputText;
}

/**
 * A loader with source maps on or off. They are on between loads, where errors are told; a package's module is
 * loaded without, because Node would read its map then and there: hundreds of files that nobody asks for.
 */
const mapped = (on, load) => (module, file) => {
    process.setSourceMapsEnabled(on);
    try {
        load(module, file);
    } finally {
        process.setSourceMapsEnabled(true);
    }
};

/**
 * From now on this process loads `.ts` files.
 *
 * @param {string} root folder of the sources; the cache names files by their path in it
 * @param {string} cache folder that holds what was compiled
 */
exports.loadTypeScript = (root, cache) => {
    require.extensions[".js"] = mapped(false, require.extensions[".js"]);
    require.extensions[".ts"] = mapped(true, (module, file) =>
        module._compile(compiled(file, root, cache), file),
    );
};
