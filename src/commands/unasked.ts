// What nobody asked for just now: the rows of what somebody ran. Whoever gets them waits for nothing, and an error says first what it is
// about. Pure.
import type { ErrorView } from "../view/index.ts";
import type { CommandRequest } from "./request.ts";

export const isUnasked = ({ origin }: CommandRequest): boolean => origin === "job";

/** An error as its reader needs it: where they did not ask, with what it is about. */
export function asHeard(view: ErrorView, request: CommandRequest): ErrorView {
  if (!isUnasked(request)) return view;
  return { ...view, title: `What you ran has ended, but I could not send you its rows. ${view.title}` };
}
