// Draws approvals anew, apart from the messenger: whoever only closes them carries no other drawing.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../bot.ts";
import type { Card } from "../commands/intents.ts";
import type { ApprovalView, RunApprovalView } from "../view/index.ts";
import { hold } from "./hold.ts";
import type { Sketch } from "./message.ts";
import { postOnce } from "./outlet.ts";
import type { Pace } from "./pace.ts";
import { sendInSomeForm } from "./rungs.ts";
import { drawApproval } from "./views/approval.ts";
import { drawRunApproval } from "./views/run-approval.ts";

const draw = (view: ApprovalView | RunApprovalView): Sketch =>
  view.kind === "approval" ? drawApproval(view, { audience: "channel" }) : drawRunApproval(view, { audience: "channel" });

type Ports = { readonly client: WebClient; readonly fetch: typeof globalThis.fetch; readonly clock: Clock; readonly pace: Pace };

/** One try: what is too much for Slack now is tried again in a minute. */
const tries = 1;

export function createApprovalCards({
  client,
  ...world
}: Ports): (card: Card, view: ApprovalView | RunApprovalView) => Promise<void> {
  const outlet = postOnce(world);
  return ({ channel, ts }, view) =>
    sendInSomeForm(hold(draw(view)), async ({ text, blocks }) => {
      await outlet.call({ method: "chat.update", channel, tries }, () =>
        client.chat.update({ channel, ts, text, blocks: [...blocks] }),
      );
    });
}
