import { existsSync } from "node:fs";
import { join } from "node:path";

/** The deployed functions: each has a handler, `handlers/<name>.ts`, and a folder of its own in `dist/`. */
export const deployedFunctions = ["slack", "command", "transfer", "apologise", "tick", "hot", "shard"] as const;
export type FunctionName = (typeof deployedFunctions)[number];

/** The functions named, or all of them. Throws for a name that is none, or has no handler. */
export function functionsToBuild(names: readonly string[], root: string): readonly string[] {
  const wanted = names.length === 0 ? deployedFunctions : names;
  const missing = wanted.filter((name) => !existsSync(join(root, "handlers", `${name}.ts`)));
  const unknown = wanted.filter((name) => !deployedFunctions.some((known) => known === name));
  if (unknown.length > 0) throw new Error(`no such function: ${unknown.join(", ")}; there are ${deployedFunctions.join(", ")}`);
  if (missing.length > 0) throw new Error(`no handler for ${missing.join(", ")} in handlers/`);
  return wanted;
}
