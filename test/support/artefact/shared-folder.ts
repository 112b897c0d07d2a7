// Before and after a run of the tests: the folder of the artefact that they share. It is empty until somebody needs it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    artefactFolder: string;
  }
}

export default function ({ provide }: Pick<TestProject, "provide">): () => void {
  const folder = mkdtempSync(join(tmpdir(), "odps-artefact-shared-"));
  provide("artefactFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
