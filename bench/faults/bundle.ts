// A child as one file: hundreds of them start, and most of a start is the finding and reading of modules.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { builtinPlugin } from "../../scripts/build/builtin-plugin.ts";
import { sdkErrorsPlugin } from "../../scripts/build/sdk-errors-plugin.ts";
import { stubPlugin } from "../../scripts/build/stub-plugin.ts";
import { stubs } from "../../scripts/build/stubs.ts";
import type { SubjectKind } from "./subject.ts";

export type Bundle = { readonly file: string; remove(): void };

// Bolt is CommonJS and asks for Node's own modules by `require`.
const banner = 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

/** The local run hears Slack over HTTP, and speaks to it through Bolt's own client. */
const usedLocally = /^(\.\/receivers\/HTTP\w+|@slack\/web-api)$/;
const unused = stubs.filter(({ specifier }) => !usedLocally.test(specifier));

export async function bundleChild(kind: SubjectKind): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), "odps-faults-child-"));
  const file = join(folder, `${kind}.mjs`);
  await build({
    entryPoints: [new URL(`children/${kind}.ts`, import.meta.url).pathname],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    // As the functions are packaged: of packages that come as ES modules, what is not used falls away.
    mainFields: ["module", "main"],
    plugins: [builtinPlugin, sdkErrorsPlugin, stubPlugin(unused, () => undefined)],
    banner: { js: banner },
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
