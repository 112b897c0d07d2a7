// A form does not say where it was opened; what was kept with its reference does. Without that it is answered in a direct message.
import type { Log } from "../log.ts";
import type { RefBook } from "./refs.ts";
import type { CommandRequest } from "./request.ts";

/** The request with the place of its form, as far as that is known and this person's. */
export async function whereOpened(request: CommandRequest, refs: RefBook, log: Log): Promise<CommandRequest> {
  const { ask, caller, origin, id } = request;
  if (origin !== "form" || ask.kind !== "ref") return request;
  const place = await refs.placeOf(caller, ask.ref).catch((error: unknown) => {
    log.warn("form.place_unreadable", { requestId: id, error });
    return undefined;
  });
  return place === undefined ? request : { ...request, replyTo: place };
}
