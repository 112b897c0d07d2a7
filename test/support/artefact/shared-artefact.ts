// The artefact is made once a run of the tests: by whichever file needs it first, and read by the others.
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Artefact, packageOnce } from "./package-once.ts";

const templateFile = "template.json";
const zipFile = (logicalId: string) => `${logicalId}.zip`;

/** Written last: all is there, or why it never will be. */
const doneFile = "done";
const failedFile = "failed";

/** The artefact of this folder, which all that are given the same one share. Rejects for everybody when it cannot be made. */
export async function sharedArtefact(folder: string): Promise<Artefact> {
  if (takes(join(folder, "making"))) await make(folder);
  else await made(folder);
  return {
    template: JSON.parse(readFileSync(join(folder, templateFile), "utf8")),
    zip: (logicalId) => readFileSync(join(folder, zipFile(logicalId))),
  };
}

/** True for the first who asks, in whatever process. */
function takes(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function make(folder: string): Promise<void> {
  try {
    const { template, zips } = await packageOnce();
    writeFileSync(join(folder, templateFile), JSON.stringify(template));
    for (const [logicalId, zip] of zips) writeFileSync(join(folder, zipFile(logicalId)), zip);
    writeFileSync(join(folder, doneFile), "");
  } catch (error) {
    writeFileSync(join(folder, failedFile), String(error));
    throw error;
  }
}

async function made(folder: string): Promise<void> {
  const watcher = watch(folder);
  const has = (name: string) => existsSync(join(folder, name));
  try {
    while (!has(doneFile) && !has(failedFile)) await once(watcher, "change");
  } finally {
    watcher.close();
  }
  if (has(failedFile)) throw new Error(`another file could not make the package: ${readFileSync(join(folder, failedFile))}`);
}
