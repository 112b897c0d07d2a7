// A word about a job to somebody who is not asking now, in a direct message: for whoever draws nothing else.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import type { RunView } from "../view/index.ts";
import { hold } from "./hold.ts";
import { postOnce } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import { drawRun } from "./views/run.ts";

type Ports = {
  readonly client: Pick<WebClient, "chat" | "conversations">;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly pace: Pace;
};

/** Throws when they could not be told. */
export function createTellAlone({ client, fetch, clock, pace }: Ports) {
  const outlet = postOnce({ fetch, clock, pace });
  return async (user: string, view: RunView): Promise<void> => {
    const open = () => client.conversations.open({ users: user });
    const channel = (await outlet.call({ method: "conversations.open" }, open)).channel?.id;
    if (channel === undefined) throw new Error("Slack opened no direct message");
    const { text, blocks } = hold(drawRun(view));
    const message = { channel, text, blocks: [...blocks], unfurl_links: false, unfurl_media: false };
    await outlet.call({ method: "chat.postMessage", channel }, () => client.chat.postMessage(message));
  };
}
