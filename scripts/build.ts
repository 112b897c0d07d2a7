// `npm run build [-- name…]`: each deployed function as one file, dist/<name>/index.mjs.
import { join } from "node:path";
import { bundle } from "./build/bundle.ts";
import { functionsToBuild } from "./build/functions.ts";

const root = join(import.meta.dirname, "..");

try {
  for (const name of functionsToBuild(process.argv.slice(2), root)) {
    const { file, bytes } = await bundle(name, { root, outDir: join(root, "dist") });
    console.log(`${name.padEnd(10)} ${(bytes / 1_000).toFixed(0).padStart(6)} KB  ${file}`);
  }
} catch (error) {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
