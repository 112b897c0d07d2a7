// views.*: modals and the Home tab.
import { isObject, type Json, ownText } from "../judge/json.ts";
import { checkView } from "../judge/view.ts";
import { asSlackView, openView, publishHome, pushView, replaceView } from "../views.ts";
import type { OpenView, Workspace } from "../workspace.ts";
import { findPerson } from "../world.ts";
import type { Arguments } from "./arguments.ts";
import type { Methods } from "./method.ts";
import { badArgument, Refusal, refusalOf } from "./refusal.ts";

/** The view of a call, judged. @throws Refusal invalid_arguments with the pointers, or view_too_large */
export function readView(view: unknown, type: "modal" | "home"): Json {
  if (!isObject(view)) throw badArgument("missing required field: view", "view");
  const refusal = refusalOf(checkView(view), "invalid_arguments");
  if (refusal !== undefined) throw refusal;
  if (ownText(view, "type") !== type) throw badArgument(`must be a ${type}`, "view/type");
  return view;
}

function trigger(args: Arguments, { exchanges }: Workspace) {
  const found = exchanges.useTrigger(args.text("trigger_id") ?? args.required("interactivity_pointer"));
  if (typeof found === "string") throw new Refusal(found);
  return found;
}

function externalIdFree(view: Json, { views }: Workspace, except?: string): void {
  const id = ownText(view, "external_id") ?? "";
  const taken = views.list().some((other) => id !== "" && other.id !== except && ownText(other.view, "external_id") === id);
  if (taken) throw new Refusal("duplicate_external_id");
}

function open(args: Arguments, workspace: Workspace): Json {
  const view = readView(args.json("view"), "modal");
  externalIdFree(view, workspace);
  return { view: asSlackView(openView(trigger(args, workspace).user, view, workspace)) };
}

function push(args: Arguments, workspace: Workspace): Json {
  const view = readView(args.json("view"), "modal");
  externalIdFree(view, workspace);
  // Only what was pressed inside a modal may put another one on top.
  const below = workspace.views.get(trigger(args, workspace).view ?? "");
  if (below === undefined) throw new Refusal("not_found");
  const pushed = pushView(below, view, workspace);
  if (pushed === undefined) throw new Refusal("push_limit_reached");
  return { view: asSlackView(pushed) };
}

function byEitherId(args: Arguments, { views }: Workspace): OpenView {
  const externalId = args.text("external_id");
  const byExternal = views.list().find(({ view }) => externalId !== undefined && ownText(view, "external_id") === externalId);
  const found = byExternal ?? views.get(args.text("view_id") ?? "");
  if (found === undefined) throw new Refusal("not_found");
  return found;
}

function update(args: Arguments, workspace: Workspace): Json {
  const view = readView(args.json("view"), "modal");
  const shown = byEitherId(args, workspace);
  externalIdFree(view, workspace, shown.id);
  const hash = args.text("hash");
  if (hash !== undefined && hash !== shown.hash) throw new Refusal("hash_conflict");
  return { view: asSlackView(replaceView(shown, view, workspace)) };
}

function publish(args: Arguments, workspace: Workspace): Json {
  const view = readView(args.json("view"), "home");
  const user = args.required("user_id");
  if (findPerson(user)?.id !== user) throw new Refusal("user_not_found");
  const hash = args.text("hash");
  if (hash !== undefined && hash !== workspace.homes.get(user)?.hash) throw new Refusal("hash_conflict");
  return { view: asSlackView(publishHome(user, view, workspace)) };
}

export const viewMethods: Methods = {
  "views.open": { tier: "tier4", run: open },
  "views.push": { tier: "tier4", run: push },
  "views.update": { tier: "tier4", run: update },
  "views.publish": { tier: "tier4", run: publish },
};
