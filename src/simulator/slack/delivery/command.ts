// A slash command: delivered signed, answered within three seconds, or Slack itself tells the person what went wrong.
import type { Channel, Delivery, Person } from "../api.ts";
import { isObject, type Json, own } from "../judge/json.ts";
import { Refusal } from "../web/refusal.ts";
import { postAnswer } from "../web/response-url.ts";
import type { Workspace } from "../workspace.ts";
import { bot, team } from "../world.ts";
import { ackOf, notSent, timed } from "./outcome.ts";
import { resolvePlace } from "./place.ts";
import { type Answer, failureWord, isFine, send } from "./send.ts";
import { escaped } from "./typed-text.ts";

const command = "/odps";
const channelNames = { im: "directmessage", private: "privategroup" } as const;

export async function typeCommand(
  input: { readonly user: string; readonly channel: string; readonly text: string },
  workspace: Workspace,
): Promise<Delivery> {
  const place = resolvePlace(input, workspace);
  if (typeof place === "string") return notSent(place);
  if (!workspace.scopes.has("commands")) return notSent("missing_scope");
  const { person, channel } = place;
  // Typed with or without the command's own name.
  const text = input.text.replace(/^\/odps(?=\s|$)/, "").trim();
  const trigger = workspace.exchanges.newTrigger(person.id);
  const response = workspace.exchanges.newResponseUrl(channel.id, person.id);
  const body = new URLSearchParams({
    token: "verification-token",
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.kind === "public" ? channel.name : channelNames[channel.kind],
    user_id: person.id,
    user_name: person.name,
    command,
    text: escaped(text),
    api_app_id: bot.appId,
    is_enterprise_install: "false",
    response_url: `${workspace.options.baseUrl()}/commands/${team.id}/${response.secret}`,
    trigger_id: trigger,
  }).toString();
  const deliver = () => send({ body, contentType: "application/x-www-form-urlencoded" }, workspace);
  return timed(trigger, deliver, workspace, (answer) => {
    const error = isFine(answer) ? showAck(answer, text, person, channel, workspace) : failureWord(answer);
    if (error !== undefined) showFailure(error, person, channel, workspace);
    return error;
  });
}

/** Shows what the acknowledgement says; answers Slack's word when it cannot be shown. */
function showAck(answer: Answer, text: string, person: Person, channel: Channel, workspace: Workspace): string | undefined {
  const fields = contentOf(ackOf(answer));
  if (fields === undefined) return undefined;
  try {
    // in_channel shows the typed command too, which otherwise nobody sees.
    if (own(fields, "response_type") === "in_channel") {
      workspace.messages.post({ channel: channel.id, user: person.id, text: escaped(`${command} ${text}`.trim()) });
    }
    postAnswer(fields, { channel: channel.id, user: person.id }, workspace);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function contentOf(ack: unknown): Json | undefined {
  if (isObject(ack)) return own(ack, "text") === undefined && own(ack, "blocks") === undefined ? undefined : ack;
  const text = String(ack);
  return text.trim() === "" ? undefined : { text };
}

function showFailure(error: string, person: Person, channel: Channel, { messages }: Workspace): void {
  const text = `${command} failed with the error "${error}"`;
  messages.post({ channel: channel.id, user: bot.userId, text, visible_to: person.id, from_slack: true });
}
