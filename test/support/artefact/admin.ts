// The function `command` of which everybody is an admin in the eyes of `doctor`: who is one in a deployment is not what these tests are about.
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { writeZip } from "../cloud/zip/write.ts";

const root = new URL("../../..", import.meta.url).pathname;
const asked = 'context.role === "admin"';

/** The zip of the function, from the sources, not minified. */
export async function commandForAdmins(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [`${root}/handlers/command.ts`],
    ...{ bundle: true, platform: "node", target: "node24", format: "esm", write: false, logLevel: "silent" },
    mainFields: ["module", "main"],
    banner: { js: 'const require=process.getBuiltinModule("node:module").createRequire(import.meta.url);' },
    plugins: [
      {
        name: "everybody is an admin",
        setup({ onLoad }) {
          onLoad({ filter: /src\/commands\/doctor\.ts$/ }, async ({ path }) => {
            const source = await readFile(path, "utf8");
            if (!source.includes(asked)) throw new Error(`doctor does not ask for ${asked} any more`);
            return { contents: source.replace(asked, "true"), loader: "ts" };
          });
        },
      },
    ],
  });
  return writeZip({ "dist/command/index.mjs": outputFiles[0]?.contents ?? "" });
}
