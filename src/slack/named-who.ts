import type { RichTextElement } from "@slack/types";
import type { NamedWho } from "../view/index.ts";
import { channelLink, code, type Mrkdwn, mention, mrkdwn } from "./mrkdwn.ts";

const words = { everyone: "everyone", channels: "every channel" } as const;

/** Somebody by name, in rich text; whoever reads it privately is the only one to see it. */
export const whoElement = (who: NamedWho): RichTextElement => {
  if (!("id" in who)) return { type: "text", text: words[who.kind] };
  if (!/^[UWSCG][A-Z0-9]{1,30}$/.test(who.id)) return { type: "text", text: who.id === "" ? " " : who.id.slice(0, 80) };
  if (who.kind === "user") return { type: "user", user_id: who.id };
  return who.kind === "group" ? { type: "usergroup", usergroup_id: who.id } : { type: "channel", channel_id: who.id };
};

/** The same in mrkdwn. A user group is given by its id: its mention would call it. */
export const whoWords = (who: NamedWho): Mrkdwn => {
  if (!("id" in who)) return mrkdwn`${words[who.kind]}`;
  if (who.kind === "user") return mention(who.id);
  return who.kind === "channel" ? channelLink(who.id) : code(who.id);
};
