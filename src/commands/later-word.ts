import type { Caller, CommandRequest } from "./request.ts";

/** What somebody is told without asking now: as the answer, in a direct message, to a request that nobody waits for. */
export const laterWord = (caller: Caller, id: string, now: number): CommandRequest => ({
  schema: 1,
  id,
  ask: { kind: "text", text: "" },
  caller,
  replyTo: { channel: caller.user, direct: true, replaceable: false },
  origin: "direct",
  requestedAt: now,
});
