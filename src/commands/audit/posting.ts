// The audit channel: whoever watches it sees each decision as it is made, once, beside the trail and never in its place.
import type { CommandRequest } from "../request.ts";
import type { Responder } from "../telling.ts";
import type { AuditPorts } from "./audit-book.ts";
import { entryOf } from "./entries.ts";

/** A channel's message carries no reference of whoever asked: nothing in it can be pressed. */
const noRefs = { to: () => "" };

/** In the channel itself: nothing of the request's own conversation, which is another's. */
const inChannel = (request: CommandRequest, channel: string): CommandRequest => ({
  ...request,
  replyTo: { channel, direct: false, replaceable: false },
});

/** How decisions are told to a channel; not at all where there is none. */
export const inAuditChannel = (
  channel: string | undefined,
  { announce }: Pick<Responder, "announce">,
): Pick<AuditPorts, "post"> =>
  channel === undefined
    ? {}
    : {
        async post(request, decision) {
          for (const entry of entryOf({ decision }, noRefs))
            await announce(inChannel(request, channel), { kind: "audited", entry, requestId: request.id });
        },
      };
