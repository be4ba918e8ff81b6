/**
 * One preview in a process of its own, plain JavaScript, so that what is timed is the program and
 * not the bench. Reads the run as JSON from its first argument:
 * {workDir, stack, pulumiHome, pulumiRoot, env, program, options}.
 */
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");

async function main({ workDir, stack, pulumiHome, pulumiRoot, env, program, options }) {
    const opened = await LocalWorkspace.selectStack(
        {
            stackName: stack,
            projectName: "istio-mesh",
            program: async () => {
                if (program.endsWith(".ts")) require("../sandbox/typescript.cjs");
                const exported = require(program);
                return typeof exported === "function" ? exported() : { ...exported };
            },
        },
        {
            workDir,
            pulumiHome,
            pulumiCommand: await PulumiCommand.get({ root: pulumiRoot }),
            envVars: env,
        },
    );
    await opened.preview(options);
}

main(JSON.parse(process.argv[2])).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
});
