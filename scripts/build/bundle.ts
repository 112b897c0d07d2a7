import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { builtinPlugin } from "./builtin-plugin.ts";
import { inAscii } from "./in-ascii.ts";
import { sdkErrorsPlugin } from "./sdk-errors-plugin.ts";
import { stubPlugin } from "./stub-plugin.ts";
import { type Stub, stubs } from "./stubs.ts";

export type Bundle = {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Input files with a part in the bundle, from the project's folder, and the bytes of that part. */
  readonly parts: Readonly<Record<string, number>>;
  /** Modules that stay imports. */
  readonly externals: readonly string[];
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

/** Builds `handlers/<name>.ts` into one file that needs nothing but Node. The same sources give the same bytes. */
export async function bundle(name: string, { root, outDir }: BundleOptions): Promise<Bundle> {
  const stubbed = new Set<Stub>();
  const { metafile, outputFiles } = await build({
    entryPoints: [join(root, "handlers", `${name}.ts`)],
    outfile: "index.mjs",
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
  const code = inAscii(outputFiles[0]?.text ?? "");
  const folder = join(outDir, name);
  // What an older build left there would be packaged with it.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const file = join(folder, "index.mjs");
  await writeFile(file, code);
  return { name, file, stubbed, bytes: code.length, ...contentOf(metafile) };
}

function contentOf({ outputs }: Metafile): Pick<Bundle, "parts" | "externals"> {
  const [output] = Object.values(outputs);
  const inputs = Object.entries(output?.inputs ?? {});
  const externals = (output?.imports ?? []).filter(({ external }) => external).map(({ path }) => path);
  return {
    parts: Object.fromEntries(inputs.map(([path, { bytesInOutput }]) => [path, bytesInOutput])),
    externals: [...new Set(externals)].sort(),
  };
}
