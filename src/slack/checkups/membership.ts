import type { WebClient } from "@slack/web-api";
import { type Checkup, ok, unclear, warning } from "../../commands/doctor/checkup.ts";
import type { CommandRequest } from "../../commands/request.ts";
import { errorOf } from "../outlet.ts";

/** Words for not being there: a private channel without the bot is one that it cannot see. */
const notThere: ReadonlySet<string> = new Set(["channel_not_found", "not_in_channel"]);

const outside = warning(
  "I am not in this channel: I answer who asks, and cannot post cards or files",
  "Type `/invite @odps` here.",
);

/** Whether the bot is in the conversation that the question came from. */
export const membershipCheckup = (client: Pick<WebClient, "conversations">, { replyTo }: CommandRequest): Checkup => ({
  name: "This channel",
  async run() {
    const { channel, direct } = replyTo;
    if (direct) return ok("a direct message");
    try {
      const { channel: info } = await client.conversations.info({ channel });
      if (info?.is_archived === true) return warning("it is archived: nothing can be posted here", "Unarchive the channel.");
      return info?.is_member === false ? outside : ok("I am in it");
    } catch (error) {
      const word = errorOf(error);
      if (notThere.has(word)) return outside;
      return unclear(`Slack did not say whether I am in it: ${word}`, "See what `Slack token` says.");
    }
  },
});
