// What Slack delivers, as the bot takes it. Pure.
import type { Incoming, Menu } from "../commands/accept.ts";
import type { Ask } from "../commands/request.ts";
import { isDirect } from "./conversation.ts";

const longestText = 8_000;
const longestId = 255;
const instanceValue = /^([a-z]{2,20}):(r1:[\w.-]{3,80})$/;

/** Buttons of an intent. */
const presses: ReadonlyMap<string, Extract<Ask, { kind: "intent" }>["press"]> = new Map([
  ["intent.run", "run"],
  ["intent.cancel", "cancel"],
  ["intent.approve", "approve"],
  ["intent.deny", "deny"],
  ["intent.type", "type"],
]);

const unknownRef: Ask = { kind: "ref", ref: "unknown" };

/** What a pressed element asks for: only values that this bot writes mean anything. Undefined without a value: a link button. */
export function askOf(actionId: string, value: string | undefined): Ask | undefined {
  if (value === undefined) return undefined;
  if (value.length > 2_000) return unknownRef;
  const press = presses.get(actionId);
  if (press !== undefined) {
    return value.length > longestId ? unknownRef : { kind: "intent", intentId: value, press };
  }
  if (value.startsWith("text:")) return { kind: "text", text: value.slice("text:".length) };
  const [, verb, ref] = instanceValue.exec(value) ?? [];
  // Not of this version's making: taken as a reference that nobody knows, so that the press is answered.
  return verb === undefined || ref === undefined ? unknownRef : { kind: "ref", verb, ref };
}

export type SlashCommand = {
  readonly team_id: string;
  readonly channel_id: string;
  readonly user_id: string;
  readonly text: string;
  readonly response_url: string | undefined;
  readonly trigger_id: string;
};

export const fromSlashCommand = (command: SlashCommand): Incoming => ({
  delivery: `trigger/${command.trigger_id}`,
  ask: textAsk(command.text),
  // For the form of a command that is typed without what it needs.
  trigger: command.trigger_id,
  caller: { team: command.team_id, user: command.user_id },
  replyTo: {
    channel: command.channel_id,
    direct: isDirect(command.channel_id),
    replaceable: false,
    ...(command.response_url === undefined ? {} : { responseUrl: command.response_url }),
  },
  origin: "slash",
});

export type TypedMessage = {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  readonly text: string;
  readonly ts: string;
  readonly thread_ts?: string | undefined;
};

/** A mention in a channel, or a direct message. The bot's own mention is no part of the command. */
export const fromMessage = (message: TypedMessage, origin: "mention" | "direct", botUserId: string | undefined): Incoming => ({
  delivery: `message/${message.team}/${message.channel}/${message.ts}`,
  ask: textAsk(withoutMention(message.text, botUserId)),
  caller: { team: message.team, user: message.user },
  replyTo: {
    channel: message.channel,
    direct: origin === "direct",
    replaceable: false,
    ...(message.thread_ts === undefined ? {} : { thread: message.thread_ts }),
  },
  origin,
});

export type Press = {
  readonly team: string;
  readonly user: string;
  readonly channel: string;
  readonly actionId: string;
  readonly value: string | undefined;
  readonly triggerId: string;
  readonly responseUrl: string | undefined;
  /** The message that holds the element is seen by this person alone. */
  readonly isPrivate: boolean;
  readonly thread: string | undefined;
};

/** A pressed button or a chosen option; undefined when it asks for nothing. */
export function fromPress(press: Press): Incoming | undefined {
  const ask = askOf(press.actionId, press.value);
  if (ask === undefined) return undefined;
  const direct = isDirect(press.channel);
  const replacesItself = ask.kind === "intent" || press.actionId === "instance.status";
  return {
    // Each press is answered, also the second one of the same button: it is the intent that works once.
    delivery: `trigger/${press.triggerId}`,
    ask,
    trigger: press.triggerId,
    caller: { team: press.team, user: press.user },
    replyTo: {
      channel: press.channel,
      direct,
      replaceable: replacesItself && (press.isPrivate || direct) && press.responseUrl !== undefined,
      ...(press.responseUrl === undefined ? {} : { responseUrl: press.responseUrl }),
      ...(press.thread === undefined ? {} : { thread: press.thread }),
    },
    origin: "button",
  };
}

export type Typing = Pick<Press, "team" | "user" | "channel"> & { readonly typed: string };

/** Somebody types into a menu, or has opened it. */
export const fromTyping = ({ team, user, channel, typed }: Typing): Incoming & { readonly ask: Menu } => ({
  delivery: `menu/${team}/${user}/${channel}`,
  ask: { kind: "menu", typed: clip(typed) },
  caller: { team, user },
  replyTo: { channel, direct: isDirect(channel), replaceable: false },
  origin: "form",
});

export type Submission = Pick<Press, "team" | "user" | "triggerId"> & {
  readonly callbackId: string;
  /** What this bot wrote into the modal, or somebody else did. */
  readonly metadata: string;
  /** By action_id; several choices are joined by commas. */
  readonly values: ReadonlyMap<string, string>;
};

const formName = /^form\.([a-z]{2,20})$/;
const formRef = /^r1:[\w.-]{3,80}$/;
const fieldName = /^field\.([a-z]{1,20})$/;
const mostFields = 20;
/** As long as a field of a form can be; what is longer is no field of ours. */
const longestField = 3_000;

/** A form that was filled in; undefined for a modal that is none of ours. Where it was opened it does not say: until that is known, answers are direct messages. */
export function fromSubmission({ team, user, triggerId, callbackId, metadata, values }: Submission): Incoming | undefined {
  const [, verb] = formName.exec(callbackId) ?? [];
  if (verb === undefined) return undefined;
  const fields = [...values].slice(0, mostFields).flatMap(([action, value]) => {
    const [, name] = fieldName.exec(action) ?? [];
    return name === undefined ? [] : [[name, value.slice(0, longestField)] as const];
  });
  const ref = formRef.test(metadata) ? metadata : "unknown";
  const filled = Object.fromEntries(fields);
  // The form in which an intent is confirmed holds its id, as its button did.
  const ask: Ask =
    verb === "confirm"
      ? {
          kind: "intent",
          intentId: metadata.slice(0, longestId) || "unknown",
          press: "run",
          typed: (filled.typed ?? "").slice(0, 100),
        }
      : { kind: "ref", ref, verb, flags: filled };
  return {
    delivery: `trigger/${triggerId}`,
    ask,
    caller: { team, user },
    replyTo: { channel: user, direct: true, replaceable: false },
    origin: "form",
  };
}

const withoutMention = (text: string, botUserId: string | undefined): string =>
  botUserId === undefined ? text : text.replace(new RegExp(`<@${botUserId}(\\|[^>]*)?>`, "g"), " ").trim();

/** What is too long is cut, and says so: the end of a statement may be what makes it harmless. */
const textAsk = (text: string): Extract<Ask, { kind: "text" }> =>
  text.length > longestText ? { kind: "text", text: clip(text), isCut: true } : { kind: "text", text };

const clip = (text: string): string => text.slice(0, longestText);
