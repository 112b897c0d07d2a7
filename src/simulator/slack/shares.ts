// Slack shows a file some time after it has said yes.
import type { Share, Workspace } from "./workspace.ts";
import { bot } from "./world.ts";

/** Shows the message when it is due; one that a restart interrupted is shown then. */
export function showShare({ id, dueAt, ...draft }: Share, { background, clock, messages, shares }: Workspace): void {
  background.after(Math.max(0, dueAt - clock.now()), () => {
    if (shares.get(id) === undefined) return;
    messages.post({ ...draft, user: bot.userId });
    shares.remove(id);
  });
}

const types: ReadonlyMap<string, string> = new Map([
  ["csv", "text/csv"],
  ["txt", "text/plain"],
  ["log", "text/plain"],
  ["sql", "text/plain"],
  ["json", "application/json"],
  ["png", "image/png"],
]);

export function mimetypeOf(name: string): string {
  return types.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? "application/octet-stream";
}
