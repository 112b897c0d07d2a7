// Modals as Slack stacks them: up to three, the last one on top; and what its JSON of a view looks like.
import { type Json, own, ownList, ownText } from "./judge/json.ts";
import { withIds } from "./messages.ts";
import type { HomeView, OpenView, Workspace } from "./workspace.ts";
import { bot, team } from "./world.ts";

export const deepestStack = 3;

type Fresh = Pick<OpenView, "id" | "hash" | "view">;

function fresh(view: Json, { ids }: Workspace, id = ids.next("V")): Fresh {
  return {
    id,
    hash: `${ids.ts().split(".")[0]}.${ids.next("h")}`,
    view: { ...view, blocks: withIds(ownList(view, "blocks"), ids) },
  };
}

export function stackOf(view: OpenView, { views }: Workspace): readonly OpenView[] {
  return views.list().filter(({ root }) => root === view.root);
}

function keep(view: OpenView, workspace: Workspace): OpenView {
  workspace.views.put(view.id, view);
  workspace.changed();
  return view;
}

/** Opens the first modal of a stack; whatever this person had open is gone. */
export function openView(user: string, view: Json, workspace: Workspace): OpenView {
  for (const open of workspace.views.list()) if (open.user === user) workspace.views.remove(open.id);
  const made = fresh(view, workspace);
  return keep({ ...made, user, root: made.id }, workspace);
}

/** Puts a modal on top of this one; undefined when three are stacked already. */
export function pushView(below: OpenView, view: Json, workspace: Workspace): OpenView | undefined {
  if (stackOf(below, workspace).length >= deepestStack) return undefined;
  return keep({ ...fresh(view, workspace), user: below.user, root: below.root, previous: below.id }, workspace);
}

/** Draws a modal anew; its errors are gone with the old content. */
export function replaceView({ errors: _, ...open }: OpenView, view: Json, workspace: Workspace): OpenView {
  return keep({ ...open, ...fresh(view, workspace, open.id) }, workspace);
}

export function showErrors(open: OpenView, errors: Readonly<Record<string, string>>, workspace: Workspace): void {
  keep({ ...open, errors }, workspace);
}

export function closeViews(gone: readonly OpenView[], workspace: Workspace): void {
  for (const { id } of gone) workspace.views.remove(id);
  workspace.changed();
}

export function publishHome(user: string, view: Json, workspace: Workspace): HomeView {
  const home = { ...fresh(view, workspace, workspace.homes.get(user)?.id), user };
  workspace.homes.put(user, home);
  workspace.changed();
  return home;
}

/** A view in Slack's JSON; `values` is what was typed into it. */
export function asSlackView(open: HomeView & Partial<OpenView>, values: Json = {}): Json {
  const { view } = open;
  const texts = (name: string) => ownText(view, name) ?? "";
  return {
    id: open.id,
    team_id: team.id,
    type: texts("type"),
    blocks: ownList(view, "blocks"),
    private_metadata: texts("private_metadata"),
    callback_id: texts("callback_id"),
    external_id: texts("external_id"),
    state: { values },
    hash: open.hash,
    title: own(view, "title") ?? null,
    submit: own(view, "submit") ?? null,
    close: own(view, "close") ?? null,
    clear_on_close: own(view, "clear_on_close") === true,
    notify_on_close: own(view, "notify_on_close") === true,
    previous_view_id: open.previous ?? null,
    root_view_id: open.root ?? open.id,
    app_id: bot.appId,
    bot_id: bot.id,
    app_installed_team_id: team.id,
  };
}
