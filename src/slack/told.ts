// What Slack's answer says of a post: was it told, will it never be, may it be later, or does nobody know.
import type { Told } from "../watch/index.ts";
import { errorOf, retryAfterOf } from "./outlet.ts";

export type Failed =
  | Exclude<Told, { readonly kind: "told" }>
  /** Slack does not take these blocks: a simpler form may do. */
  | { readonly kind: "not so" }
  /** The card is gone, or can no longer be edited. */
  | { readonly kind: "no card" };

type Reason = Extract<Told, { kind: "refused" }>["reason"];

/** For good. The last ones are of direct messages, which a person can do without. */
const refusals: ReadonlyMap<string, Reason> = new Map([
  ["channel_not_found", "channel-gone"],
  ["is_archived", "archived"],
  ["not_in_channel", "left"],
  ["restricted_action", "left"],
  ["restricted_action_read_only_channel", "left"],
  ["restricted_action_thread_only_channel", "left"],
  ["restricted_action_non_threadable_channel", "left"],
  ["messages_tab_disabled", "left"],
  ["cannot_dm_bot", "left"],
  ["user_not_found", "left"],
  ["user_disabled", "left"],
]);

const cardErrors: ReadonlySet<string> = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "thread_not_found",
  "invalid_thread_ts",
  "cannot_reply_to_message",
]);

/** Slack's own troubles: it does not say whether it did what was asked. */
const troubles: ReadonlySet<string> = new Set(["internal_error", "fatal_error", "request_timeout", "service_unavailable"]);

/** Before a connection was made nothing can have been told. */
const neverSent: ReadonlySet<unknown> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Another try may go better, but not at once: somebody has to set something right. */
const restMs = 60_000;

/** What a call that threw makes of its post. `now` in epoch ms. */
export function failedBy(error: unknown, now: number): Failed {
  const retryAfterMs = retryAfterOf(error);
  if (retryAfterMs !== undefined) return { kind: "later", notBefore: now + retryAfterMs };
  const word = errorOf(error);
  if (word === "invalid_blocks") return { kind: "not so" };
  if (cardErrors.has(word)) return { kind: "no card" };
  const reason = refusals.get(word);
  if (reason !== undefined) return { kind: "refused", reason };
  // A refusal of any other kind (a token that is revoked, a scope that is missing) was heard: it was not told.
  const wasHeard = word !== "unknown" && !troubles.has(word);
  return wasHeard || wasNeverSent(error) ? { kind: "later", notBefore: now + restMs } : { kind: "unknown" };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

function wasNeverSent(error: unknown): boolean {
  for (let cause = error, depth = 0; isRecord(cause) && depth < 5; cause = cause.cause, depth += 1) {
    if (neverSent.has(cause.code)) return true;
  }
  return false;
}
