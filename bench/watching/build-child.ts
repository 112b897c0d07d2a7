// The measured process as a deployed function is built: what Node needs to run the sources as they are would be measured, too.
import { join } from "node:path";
import { build } from "esbuild";
import { builtinPlugin } from "../../scripts/build/builtin-plugin.ts";
import { sdkErrorsPlugin } from "../../scripts/build/sdk-errors-plugin.ts";
import { stubPlugin } from "../../scripts/build/stub-plugin.ts";
import { stubs } from "../../scripts/build/stubs.ts";

const banner = 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);';

/** Builds the child into the folder, and says where it begins. */
export async function buildChild(outdir: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, "child.ts")],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A store is loaded with what it needs, and not beside the other.
    splitting: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    legalComments: "none",
    logLevel: "warning",
    banner: { js: banner },
    plugins: [builtinPlugin, sdkErrorsPlugin, stubPlugin(stubs, () => undefined)],
  });
  return join(outdir, "child.mjs");
}
