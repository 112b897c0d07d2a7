import type { Json } from "../judge/json.ts";
import type { Tier } from "../rate-limits.ts";
import type { Workspace } from "../workspace.ts";
import type { Arguments } from "./arguments.ts";

/** A Web API method: what it needs, how often it may be called, what it does. `run` answers what stands beside `ok: true`. */
export type Method = {
  readonly scope?: string | ((args: Arguments, workspace: Workspace) => string);
  readonly tier: Tier;
  readonly run: (args: Arguments, workspace: Workspace) => Json;
};

export type Methods = { readonly [name: string]: Method };
