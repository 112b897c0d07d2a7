// Clicks and picks, in messages and in open modals; and the suggestions an external select asks for while somebody types.
import type { Channel, Delivery, Person } from "../api.ts";
import { sees } from "../channels.ts";
import { type Json, own, ownList, ownText } from "../judge/json.ts";
import { asSlackMessage, type Entry } from "../messages.ts";
import { asSlackView } from "../views.ts";
import type { OpenView, Workspace } from "../workspace.ts";
import { findPerson, team } from "../world.ts";
import { answered } from "./answers.ts";
import { asksFirst, type Filled, type Found, findElement, stateOf } from "./elements.ts";
import { ackOf, notSent, timed } from "./outcome.ts";
import { channelField, payloadOf, sendPayload } from "./payload.ts";
import { resolvePlace } from "./place.ts";
import { failureWord, isFine } from "./send.ts";

type Click = {
  readonly user: string;
  readonly channel: string;
  readonly message_ts: string;
  readonly action_id: string;
  readonly value?: string;
  readonly confirm?: boolean;
};

type Target =
  | { readonly kind: "message"; readonly person: Person; readonly channel: Channel; readonly entry: Entry; readonly found: Found }
  | { readonly kind: "view"; readonly person: Person; readonly view: OpenView; readonly found: Found };

/** What the person points at, or why they cannot: `message_ts` may also be the id of a modal they have open. */
function aim(click: Click, value: string | undefined, workspace: Workspace): Target | string {
  const view = workspace.views.get(click.message_ts);
  if (view !== undefined) {
    const person = findPerson(click.user);
    const found = findElement(ownList(view.view, "blocks"), click.action_id, value);
    if (person === undefined || person.id !== view.user) return "not_found";
    return found === undefined ? "no_such_element" : { kind: "view", person, view, found };
  }
  const place = resolvePlace(click, workspace);
  if (typeof place === "string") return place;
  const entry = workspace.messages.find(place.channel.id, click.message_ts);
  if (entry === undefined || !sees(place.person.id, place.channel, entry.message)) return "message_not_found";
  const found = findElement(entry.message.blocks, click.action_id, value);
  return found === undefined ? "no_such_element" : { kind: "message", ...place, entry, found };
}

function suggestionKey({ user, message_ts, action_id }: Click): string {
  return `${findPerson(user)?.id} ${message_ts} ${action_id}`;
}

export async function click(input: Click, workspace: Workspace): Promise<Delivery> {
  const target = aim(input, input.value, workspace);
  if (typeof target === "string") return notSent(target);
  const { element } = target.found;
  const values = input.value === undefined ? undefined : [input.value];
  const chosen = answered(element, values, workspace.suggestions.get(suggestionKey(input)) ?? [], workspace);
  if (chosen === undefined) return notSent("no_such_option");
  // "No" in the confirm dialog: nothing leaves the client.
  if (asksFirst(element) && input.confirm === false) return { ok: true, ack: "", elapsedMs: 0, deliveryId: "" };
  const trigger = workspace.exchanges.newTrigger(target.person.id, target.kind === "view" ? target.view.id : undefined);
  const filled = values === undefined ? [] : [{ found: target.found, values }];
  const payload = {
    ...payloadOf("block_actions", target.person),
    trigger_id: trigger,
    ...sourceOf(target),
    ...stateAndAnswer(target, filled, workspace),
    actions: [actionOf(target.found, chosen, workspace)],
  };
  const failure = (answer: Parameters<typeof isFine>[0]) => (isFine(answer) ? undefined : failureWord(answer));
  return timed(trigger, () => sendPayload(payload, workspace), workspace, failure);
}

function actionOf({ block, element }: Found, chosen: Json, { ids }: Workspace): Json {
  const { type, action_id, text, style, url } = { ...element };
  const kept = Object.entries({ type, action_id, text, style, url }).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(kept), block_id: own(block, "block_id"), ...chosen, action_ts: ids.ts() };
}

/** Where it was clicked. Slack keeps no private message, so the payload of one carries none. */
function sourceOf(target: Target): Json {
  if (target.kind === "view") return { container: { type: "view", view_id: target.view.id }, view: asSlackView(target.view) };
  const { channel, entry } = target;
  const { ts, thread_ts, visible_to } = entry.message;
  const isEphemeral = visible_to !== undefined;
  const thread = thread_ts === undefined ? {} : { thread_ts };
  return {
    container: { type: "message", message_ts: ts, channel_id: channel.id, is_ephemeral: isEphemeral, ...thread },
    channel: channelField(channel),
    ...(isEphemeral ? {} : { message: asSlackMessage(entry, team.id) }),
  };
}

/** What the other inputs hold, and where the bot may answer. */
function stateAndAnswer(target: Target, filled: readonly Filled[], workspace: Workspace): Json {
  if (target.kind === "view") {
    return { view: asSlackView(target.view, stateOf(ownList(target.view.view, "blocks"), filled, workspace)) };
  }
  const { ts, blocks } = target.entry.message;
  const response = workspace.exchanges.newResponseUrl(target.channel.id, target.person.id, ts);
  return {
    state: { values: stateOf(blocks, filled, workspace) },
    response_url: `${workspace.options.baseUrl()}/commands/${team.id}/${response.secret}`,
  };
}

/** Asks the bot for the options of an external select; they are remembered as what this person may pick. */
export async function suggest(input: Click & { readonly value: string }, workspace: Workspace): Promise<Delivery> {
  const target = aim(input, undefined, workspace);
  if (typeof target === "string") return notSent(target);
  const { block, element } = target.found;
  if (!/^(multi_)?external_select$/.test(ownText(element, "type") ?? "")) return notSent("no_such_element");
  const asked = { action_id: own(element, "action_id"), block_id: own(block, "block_id"), value: input.value };
  const payload = { ...payloadOf("block_suggestion", target.person), ...sourceOf(target), ...asked };
  return timed(
    workspace.ids.next("Q"),
    () => sendPayload(payload, workspace),
    workspace,
    (answer) => {
      if (!isFine(answer)) return failureWord(answer);
      const ack = ackOf(answer);
      const grouped = ownList(ack, "option_groups").flatMap((group) => ownList(group, "options"));
      if (workspace.suggestions.size > 1000) workspace.suggestions.clear();
      workspace.suggestions.set(suggestionKey(input), [...ownList(ack, "options"), ...grouped].slice(0, 100));
      return undefined;
    },
  );
}
