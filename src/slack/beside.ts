// A word beside a pressed button from the door itself, where the acknowledgement cannot say it and Slack brings the press no second time.
import type { CommandRequest } from "../commands/request.ts";
import type { AtOnceView } from "../view/index.ts";
import { renderAtOnce } from "./render-at-once.ts";

/** What is left of Slack's three seconds when the bus has had its time. */
const sayWithinMs = 800;

/** To the person alone, through what came with the press, which stays as it is. Throws when Slack did not take it. */
export const createBeside =
  (fetch: typeof globalThis.fetch) =>
  async ({ replyTo }: CommandRequest, view: AtOnceView): Promise<void> => {
    const { responseUrl, thread } = replyTo;
    if (responseUrl === undefined) throw new Error("there is no response_url to say it through");
    const body = { response_type: "ephemeral", replace_original: false, ...renderAtOnce(view) };
    const answer = await fetch(responseUrl, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(thread === undefined ? body : { ...body, thread_ts: thread }),
      signal: AbortSignal.timeout(sayWithinMs),
    });
    if (!answer.ok) throw new Error(`the response_url answered ${answer.status}`);
  };
