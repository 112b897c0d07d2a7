// Bundles of this tree, built into a folder that goes away with the tests.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, bundle } from "../../scripts/build/bundle.ts";
import type { FunctionName } from "../../scripts/build/functions.ts";

export async function buildOnce<Name extends FunctionName>(...names: readonly Name[]) {
  const outDir = mkdtempSync(join(tmpdir(), "odps-bundles-"));
  const root = join(import.meta.dirname, "../..");
  const built = await Promise.all(names.map((name) => bundle(name, { root, outDir })));
  return {
    root,
    outDir,
    bundles: Object.fromEntries(built.map((each) => [each.name, each])) as Record<Name, Bundle>,
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
