// What people saw: every version of every message of the bot, in the order in which it was to be seen.
import type { Message, SlackSimulator } from "../../src/simulator/slack/index.ts";

export type Watch = {
  /** Forgets what was seen so far. */
  begin(): void;
  seen(): readonly Message[];
};

export function watchSlack(slack: SlackSimulator): Watch {
  const known = new Set<string>();
  const seen: Message[] = [];
  slack.onChange(({ channel }) => {
    if (channel === undefined) return;
    for (const message of slack.messages({ channel })) {
      const version = JSON.stringify([message.channel, message.ts, message.text, message.blocks, message.files]);
      // What Slack itself says of a delivery that failed is no word of the bot's.
      if (message.user !== slack.bot.userId || message.from_slack === true || known.has(version)) continue;
      known.add(version);
      seen.push(message);
    }
  });
  return {
    begin() {
      seen.length = 0;
    },
    seen: () => [...seen],
  };
}
