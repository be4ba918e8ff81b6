import tseslint from "typescript-eslint";

/** A resource made inside apply is missing from previews: the preview does not run the callback. */
const noResourceInApply = {
    selector:
        "CallExpression[callee.property.name='apply'] > :matches(ArrowFunctionExpression, FunctionExpression) NewExpression[callee.name=/^[A-Z]/]:not([callee.name=/Error$|^(Map|Set|Date|URL|RegExp)$/])",
    message:
        "Make resources outside apply: a preview does not run the callback, so it cannot show them.",
};

const onlyIn = (where, name, why) => ({
    selector: `NewExpression[callee.name='${name}'], NewExpression[callee.property.name='${name}']`,
    message: `new ${name} belongs in ${where}: ${why}`,
});
const configOnce = onlyIn(
    "config.ts",
    "Config",
    "config has one reader, so that every problem is reported at once.",
);
const packOnce = onlyIn(
    "policy/pack.ts",
    "PolicyPack",
    "making a pack starts a server, so tests must not import it.",
);

export default tseslint.config(
    { ignores: ["node_modules", ".sandbox", "policy/bin", "**/*.js", "**/*.cjs", "**/*.mjs"] },
    ...tseslint.configs.strictTypeChecked,
    ...tseslint.configs.stylisticTypeChecked,
    {
        languageOptions: {
            parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: {
            "@typescript-eslint/consistent-type-imports": "error",
            "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "no-console": "error",
            "max-lines": ["error", 300],
            "no-restricted-syntax": ["error", noResourceInApply, configOnce, packOnce],
        },
    },
    { files: ["**/*.generated.ts"], rules: { "max-lines": "off" } },
    {
        // The second is a whole program.
        files: ["config.ts", "docs/own-program.ts"],
        rules: { "no-restricted-syntax": ["error", noResourceInApply, packOnce] },
    },
    {
        files: ["policy/pack.ts"],
        rules: { "no-restricted-syntax": ["error", noResourceInApply, configOnce] },
    },
    {
        // A policy pack is type-checked and loaded on its own: it must not drag the program in.
        files: ["policy/**/*.ts"],
        rules: {
            "no-restricted-imports": [
                "error",
                {
                    patterns: [
                        {
                            group: ["**/components/*", "**/settings/*"],
                            message: "The pack must stand alone.",
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ["test/**/*.ts"],
        rules: {
            "@typescript-eslint/no-floating-promises": "off",
            "@typescript-eslint/no-non-null-assertion": "off",
        },
    },
);
