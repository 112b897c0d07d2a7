// A form does not say where it was opened; what was kept with its reference, or with the intent that it confirms, does. Without that it is
// answered in a direct message.
import type { Log } from "../log.ts";
import type { Intents } from "./intents.ts";
import type { RefBook } from "./refs.ts";
import type { CommandRequest, ReplyTo } from "./request.ts";

export type PlaceBooks = { readonly refs: RefBook; readonly intents: Pick<Intents, "draftOf"> };

/** The request with the place of its form, as far as that is known and this person's. */
export async function whereOpened(request: CommandRequest, books: PlaceBooks, log: Log): Promise<CommandRequest> {
  if (request.origin !== "form") return request;
  const place = await placeOf(request, books).catch((error: unknown) => {
    log.warn("form.place_unreadable", { requestId: request.id, error });
    return undefined;
  });
  return place === undefined ? request : { ...request, replyTo: place };
}

async function placeOf({ ask, caller }: CommandRequest, { refs, intents }: PlaceBooks): Promise<ReplyTo | undefined> {
  if (ask.kind === "ref") return refs.placeOf(caller, ask.ref);
  if (ask.kind !== "intent") return undefined;
  const draft = await intents.draftOf(ask.intentId);
  if (draft?.requester.user !== caller.user || draft.requester.team !== caller.team) return undefined;
  const { channel, thread, direct } = draft;
  return { channel, direct, replaceable: false, ...(thread === undefined ? {} : { thread }) };
}
