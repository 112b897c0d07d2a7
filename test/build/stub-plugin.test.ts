// The plugin on a small project: our own code and a package of Slack's both import the same module.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stubPlugin } from "../../scripts/build/stub-plugin.ts";
import type { Stub } from "../../scripts/build/stubs.ts";

const files = {
  "own.js": 'export { name } from "dep"; export { ask } from "@slack/kit"; export { late } from "@slack/kit";',
  "node_modules/dep/index.js": 'exports.name = "the real one";',
  "node_modules/@slack/kit/index.js":
    'const dep = require("dep"); exports.ask = () => dep.name; exports.late = async () => (await import("dep")).name;',
};
const stub: Stub = { specifier: "dep", importers: "@slack/", reason: "nobody asks" };
const other: Stub = { specifier: "dep", importers: "undici", reason: "another importer" };
const used: Stub[] = [];
let folder = "";
let own: { readonly name: string; readonly ask: () => unknown; readonly late: () => Promise<unknown> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "odps-stubs-"));
  for (const [path, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }
  const plugins = [stubPlugin([other, stub], (one) => used.push(one))];
  const outfile = join(folder, "out.mjs");
  await build({ entryPoints: [join(folder, "own.js")], outfile, bundle: true, format: "esm", platform: "node", plugins });
  own = await import(outfile);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a stub", () => {
  it("is not in the way of our own imports", () => {
    expect(own.name).toBe("the real one");
  });

  it("stands where the table's importers import, at once or late, and names itself with its own reason", async () => {
    expect(own.ask).toThrow("dep is left out of this bundle (name): nobody asks");
    await expect(own.late()).rejects.toThrow("dep is left out of this bundle (name): nobody asks");
  });

  it("is counted only where it took effect", () => {
    expect(new Set(used)).toEqual(new Set([stub]));
  });
});
