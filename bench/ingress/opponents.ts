// What the packaged ingress is measured against, each bundled into a file of its own.
import { statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { builtinPlugin } from "../../scripts/build/builtin-plugin.ts";
import { bundle } from "../../scripts/build/bundle.ts";

export type Contender = { readonly name: string; readonly file: string; readonly bytes: number };

const root = join(import.meta.dirname, "../..");
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/** The usual way to bundle a function: esbuild as it comes, minified, everything that is imported inside. */
async function plainly(name: string, entry: string, outDir: string, plugins: (typeof builtinPlugin)[] = []): Promise<Contender> {
  const outfile = join(outDir, `${name.replaceAll(" ", "-")}.mjs`);
  const usual = { bundle: true, minify: true, platform: "node", target: "node24", format: "esm" } as const;
  await build({ ...usual, entryPoints: [join(root, entry)], outfile, absWorkingDir: root, banner: { js: banner }, plugins });
  return { name, file: outfile, bytes: statSync(outfile).size };
}

export type Contenders = Readonly<Record<"packaged" | "whole" | "byHand" | "plainBolt", Contender>>;

export async function buildContenders(outDir: string): Promise<Contenders> {
  const { file, bytes, later } = await bundle("slack", { root, outDir });
  return {
    // All that is packaged, though a command loads only the first part of it.
    packaged: { name: "packaged ingress", file, bytes: bytes + later.bytes },
    whole: await plainly("same handler whole", "handlers/slack.ts", outDir),
    // With the one trick of the build that a careful author of so small a file would know, too.
    byHand: await plainly("written by hand", "bench/ingress/by-hand.ts", outDir, [builtinPlugin]),
    plainBolt: await plainly("plain Bolt", "bench/ingress/plain-bolt.ts", outDir),
  };
}
