// What `serverless package` makes of this project: in a copy of it, with placeholders for the bundles, without credentials.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Template } from "../../scripts/package/template.ts";

const root = new URL("../..", import.meta.url).pathname;
export const functionNames = ["slack", "command", "transfer", "apologise", "tick", "hot", "shard"] as const;

export type Packaged = {
  readonly template: Template;
  /** The names of the files in a function's zip. */
  files(functionName: string): readonly string[];
};

/** The names in a zip's central directory (PKWARE's APPNOTE, section 4.3.12). */
function zipNames(zip: Buffer): string[] {
  const names: string[] = [];
  const signature = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
  for (let at = zip.indexOf(signature); at !== -1; at = zip.indexOf(signature, at + 46)) {
    names.push(zip.toString("utf8", at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names;
}

/** Packages a copy with these arguments. Rejects with what the framework printed. The copy is gone afterwards. */
export async function packaged(...args: readonly string[]): Promise<Packaged> {
  const folder = mkdtempSync(join(tmpdir(), "odps-package-"));
  try {
    for (const part of ["serverless.yml", "serverless", "scripts/package", "package.json"]) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const name of functionNames) {
      mkdirSync(join(folder, "dist", name), { recursive: true });
      writeFileSync(join(folder, "dist", name, "index.mjs"), `export const handler = async () => "${name}";\n`);
    }
    // What must never be in a package.
    writeFileSync(join(folder, ".env"), "SLACK_BOT_TOKEN=xoxb-left-lying-about\n");
    mkdirSync(join(folder, "dist", "other"));
    writeFileSync(join(folder, "dist", "other", "index.mjs"), "");

    const serverless = join(root, "node_modules", "serverless", "bin", "serverless.js");
    const env = { PATH: process.env.PATH ?? "", HOME: folder, NO_COLOR: "1" };
    const options = { cwd: folder, env };
    await promisify(execFile)(process.execPath, [serverless, "package", ...args], options).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`);
    });
    const read = (name: string) => readFileSync(join(folder, ".serverless", name));
    const template: Template = JSON.parse(read("cloudformation-template-update-stack.json").toString("utf8"));
    const files = new Map(functionNames.map((name): [string, string[]] => [name, zipNames(read(`${name}.zip`))]));
    return { template, files: (name) => files.get(name) ?? [] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
