// A child as one file: hundreds of them start, and most of a start is the finding and reading of modules.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { SubjectKind } from "./subject.ts";

export type Bundle = { readonly file: string; remove(): void };

// Bolt is CommonJS and asks for Node's own modules by `require`.
const banner = 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);';

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
    banner: { js: banner },
    logLevel: "error",
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
