import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, type Metafile } from "esbuild";
import { builtinPlugin } from "./builtin-plugin.ts";
import { inAscii } from "./in-ascii.ts";
import { sdkErrorsPlugin } from "./sdk-errors-plugin.ts";
import { stubPlugin } from "./stub-plugin.ts";
import { type Stub, stubs } from "./stubs.ts";

/** What one or several files hold. */
export type Content = {
  readonly bytes: number;
  /** Input files with a part in it, from the project's folder, and the bytes of that part. */
  readonly parts: Readonly<Record<string, number>>;
  /** Modules that stay imports. */
  readonly externals: readonly string[];
};

/** Of the entry and what it loads at once, if anything; `later` is loaded by `import()` alone. */
export type Bundle = Content & {
  readonly name: string;
  readonly file: string;
  readonly later: Content;
  /** The stubs that took effect. */
  readonly stubbed: ReadonlySet<Stub>;
};

export type BundleOptions = {
  /** The project's folder. */
  readonly root: string;
  /** `<name>/index.mjs` is written here, into a folder that is emptied before. */
  readonly outDir: string;
};

// Bolt is CommonJS and asks for Node's own modules by `require`, which an ES module has to make for itself. No other name is declared:
// any short one may be one that the minifier gives.
const banner = 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);';

/** Functions in a hurry: what they need now and then is a file of its own. In the others the SDK's own late imports would be a dozen. */
const inParts: ReadonlySet<string> = new Set(["slack"]);

/**
 * Builds `handlers/<name>.ts` into `index.mjs`, which needs nothing but Node, and, for the door, a file for each part that it loads later. The same
 * sources give the same bytes.
 */
export async function bundle(name: string, { root, outDir }: BundleOptions): Promise<Bundle> {
  const stubbed = new Set<Stub>();
  const { metafile, outputFiles } = await build({
    entryPoints: { index: join(root, "handlers", `${name}.ts`) },
    outdir: root,
    outExtension: { ".js": ".mjs" },
    chunkNames: "part-[hash]",
    splitting: inParts.has(name),
    absWorkingDir: root,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // Packages that come both ways are taken as ES modules: what is not used of them falls away.
    mainFields: ["module", "main"],
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "warning",
    banner: { js: banner },
    plugins: [builtinPlugin, sdkErrorsPlugin, stubPlugin(stubs, (stub) => stubbed.add(stub))],
  });
  const folder = join(outDir, name);
  // What an older build left there would be packaged with it.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const sizes = new Map<string, number>();
  for (const { path, text } of outputFiles) {
    const code = inAscii(text);
    sizes.set(basename(path), code.length);
    await writeFile(join(folder, basename(path)), code);
  }
  const atOnce = loadedAtOnce("index.mjs", metafile);
  const later = Object.keys(metafile.outputs).filter((path) => !atOnce.has(path));
  return {
    name,
    file: join(folder, "index.mjs"),
    stubbed,
    ...contentOf([...atOnce], metafile, sizes),
    later: contentOf(later, metafile, sizes),
  };
}

/** An output and all that it imports before its own code runs. */
function loadedAtOnce(path: string, { outputs }: Metafile, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const { path: next, kind, external } of outputs[path]?.imports ?? [])
    if (kind === "import-statement" && external !== true) loadedAtOnce(next, { inputs: {}, outputs }, found);
  return found;
}

function contentOf(paths: readonly string[], { outputs }: Metafile, sizes: ReadonlyMap<string, number>): Content {
  const chosen = paths.flatMap((path) => outputs[path] ?? []);
  const parts: Record<string, number> = {};
  for (const { inputs } of chosen)
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) parts[path] = (parts[path] ?? 0) + bytesInOutput;
  const externals = chosen.flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
  const bytes = paths.reduce((sum, path) => sum + (sizes.get(basename(path)) ?? 0), 0);
  return { bytes, parts, externals: [...new Set(externals)].sort() };
}
