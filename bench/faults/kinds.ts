// Everything a person can do that ends in another kind of answer or announcement.
import type { Delivery, Message, SlackSimulator } from "../../src/simulator/slack/index.ts";
import type { World } from "./world.ts";

/** What stands ready before the act: an instance, and the message whose button is pressed. */
export type Scene = { readonly instance: string; readonly question?: Message };

export type Kind = {
  readonly name: string;
  /** Slack delivers it again when nobody acknowledged it: an event, not a command or a click. */
  readonly isEvent: boolean;
  /** The scenario of the instance in question. */
  readonly scenario: "running" | "success" | "missing";
  /** Typed before, by whoever presses then. */
  readonly asked?: string;
  readonly act: (slack: SlackSimulator, scene: Scene) => Promise<Delivery>;
};

const channel = "general";
const missing = "20200101000000000gmissing1";

const typed = (name: string, scenario: Kind["scenario"], user: string, text: string): Kind => ({
  name,
  scenario,
  isEvent: false,
  act: (slack, { instance }) => slack.command({ user, channel, text: text.replace("<id>", instance) }),
});

const mentioned = (name: string, user: string, text: string): Kind => ({
  name,
  scenario: "running",
  isEvent: true,
  act: (slack, { instance }) => slack.message({ user, channel, text: `@odps ${text.replace("<id>", instance)}` }),
});

const pressed = (name: string, action_id: string): Kind => ({
  name,
  scenario: "running",
  isEvent: false,
  asked: 'stop <id> --reason "wrong partition"',
  act: (slack, { question }) => slack.action({ user: "bob", channel, message_ts: question?.ts ?? "", action_id, confirm: true }),
});

export const kinds: readonly Kind[] = [
  typed("read", "running", "vic", "status <id>"),
  typed("read-shared", "running", "vic", "progress <id> --share"),
  mentioned("read-mentioned", "vic", "status <id>"),
  mentioned("help", "vic", "help"),
  mentioned("mistake", "vic", "statsu <id>"),
  mentioned("denied", "vic", "stop <id>"),
  typed("missing", "missing", "vic", "status <id>"),
  typed("file", "success", "vic", "result <id> --csv"),
  typed("file-shared", "success", "vic", "result <id> --csv --share"),
  typed("stop-asked", "running", "bob", "stop <id>"),
  pressed("stop-pressed", "intent.run"),
  pressed("keep-running", "intent.cancel"),
];

/** Starts the instance of a kind; a missing one is only named. */
export const instanceFor = ({ scenario }: Kind, { maxcompute }: World): string =>
  scenario === "missing" ? missing : maxcompute.start(scenario);

/** The message with both buttons of an intent. */
export const questionIn = (messages: readonly Message[]): Message | undefined =>
  messages.findLast(({ blocks }) => JSON.stringify(blocks).includes('"intent.run"'));
