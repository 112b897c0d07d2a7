// What is posted: Block Kit blocks beside the text that notifications, watches and screen readers get instead of them.
import type { KnownBlock } from "@slack/types";
import type { Mrkdwn } from "./mrkdwn.ts";

/** A finished message: `text` is escaped and never empty, both are within Slack's limits. */
export type Message = { readonly text: string; readonly blocks: readonly KnownBlock[] };

/** What a view's drawing hands to `render`, which holds it to the limits of a whole message. */
export type Sketch = { readonly text: Mrkdwn; readonly blocks: readonly KnownBlock[] };

export type RenderContext = {
  /** IANA zone of the reader, for texts which Slack does not turn into local time itself; UTC when absent or unknown. */
  readonly timeZone?: string;
  readonly audience: "private" | "channel";
};
