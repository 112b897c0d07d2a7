// Events API: one delivery and up to three repetitions, at once, after a minute, after five; kept until one is taken or all failed.

import type { Json } from "../judge/json.ts";
import type { PendingEvent, Workspace } from "../workspace.ts";
import { bot, team } from "../world.ts";
import { type Answer, isFine, send } from "./send.ts";

const retryDelaysMs = [0, 60_000, 300_000];

/** The envelope Slack puts around every event. */
export function envelope(event: Json, { ids, clock }: Workspace): { readonly id: string; readonly body: string } {
  const id = ids.next("Ev");
  const body = {
    token: "verification-token",
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event,
    type: "event_callback",
    event_id: id,
    event_time: Math.floor(clock.now() / 1000),
    authorizations: [{ enterprise_id: null, team_id: team.id, user_id: bot.userId, is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false,
    event_context: `4-${id}`,
  };
  return { id, body: JSON.stringify(body) };
}

/** Slack's word for why an event has to be sent again; undefined when it was taken. */
export function retryReason(answer: Answer): string | undefined {
  if (isFine(answer)) return undefined;
  if (answer.kind === "timeout") return "http_timeout";
  return answer.kind === "unreachable" ? "connection_failed" : "http_error";
}

/** One attempt; a failed one is followed by the next in the background. Answers how this one went. */
export async function attemptEvent(event: PendingEvent, workspace: Workspace): Promise<Answer> {
  const { id, body, attempt, reason } = event;
  workspace.events.put(id, event);
  const retry = { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": reason ?? "unknown_error" };
  const answer = await send({ body, contentType: "application/json", headers: attempt === 0 ? {} : retry }, workspace);
  // Interrupted by the simulator's own end: the event stays pending for the next start.
  if (workspace.background.closing.aborted) return answer;
  const delay = retryDelaysMs[attempt];
  const failed = retryReason(answer);
  const given = failed === undefined || delay === undefined || (answer.kind === "answered" && answer.noRetry);
  if (given) workspace.events.remove(id);
  else scheduleEvent({ id, body, attempt: attempt + 1, reason: failed, dueAt: workspace.clock.now() + delay }, workspace);
  return answer;
}

/** Sends it when it is due; also how pending events of an earlier run are taken up again. */
export function scheduleEvent(event: PendingEvent, workspace: Workspace): void {
  const { background, clock, events } = workspace;
  events.put(event.id, event);
  const start = (): void => {
    if (events.get(event.id) === undefined) return;
    background.run(async () => {
      await attemptEvent(event, workspace);
    });
  };
  const wait = event.dueAt - clock.now();
  if (wait > 0) background.after(wait, start);
  else start();
}
