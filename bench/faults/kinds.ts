// Everything a person can do that ends in another kind of answer or announcement.
import type { Delivery, Message, SlackSimulator } from "../../src/simulator/slack/index.ts";
import type { World } from "./world.ts";

/** Somebody does something about an instance. */
type Act = (slack: SlackSimulator, instance: string) => Promise<Delivery>;

export type Kind = {
  readonly name: string;
  /** Slack delivers it again when nobody acknowledged it: an event, not a command or a click. */
  readonly isEvent: boolean;
  /** The scenario of the instance in question. */
  readonly scenario: "running" | "success" | "missing";
  /** The policy calls the project production. */
  readonly isProduction?: true;
  /** What people did before, one after the other. */
  readonly before?: readonly Act[];
  /** Who acts: what others are told is no answer. */
  readonly by: string;
  readonly act: Act;
};

const channel = "general";
const missing = "20200101000000000gmissing1";

const types =
  (user: string, text: string): Act =>
  (slack, instance) =>
    slack.command({ user, channel, text: text.replace("<id>", instance) });

/** Presses the button in the last message that has it. */
const presses =
  (user: string, action_id: string): Act =>
  (slack) =>
    slack.action({ user, channel, message_ts: withButton(slack.messages({ channel }), action_id), action_id, confirm: true });

const withButton = (messages: readonly Message[], action_id: string): string =>
  messages.findLast(({ blocks }) => JSON.stringify(blocks).includes(`"${action_id}"`))?.ts ?? "";

const typed = (name: string, scenario: Kind["scenario"], by: string, text: string): Kind => ({
  name,
  scenario,
  isEvent: false,
  by,
  act: types(by, text),
});

const mentioned = (name: string, by: string, text: string): Kind => ({
  name,
  scenario: "running",
  isEvent: true,
  by,
  act: (slack, instance) => slack.message({ user: by, channel, text: `@odps ${text.replace("<id>", instance)}` }),
});

const pressed = (
  name: string,
  by: string,
  action_id: string,
  before: readonly Act[],
  more: Pick<Kind, "isProduction"> = {},
): Kind => ({
  name,
  scenario: "running",
  isEvent: false,
  ...more,
  before,
  by,
  act: presses(by, action_id),
});

const asksToStop = types("bob", 'stop <id> --reason "wrong partition"');
const asksForApproval = [asksToStop, presses("bob", "intent.run")];

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
  pressed("stop-pressed", "bob", "intent.run", [asksToStop]),
  pressed("keep-running", "bob", "intent.cancel", [asksToStop]),
  pressed("approval-asked", "bob", "intent.run", [asksToStop], { isProduction: true }),
  pressed("approved", "ann", "intent.approve", asksForApproval, { isProduction: true }),
  pressed("denied-approval", "ann", "intent.deny", asksForApproval, { isProduction: true }),
  pressed("withdrawn", "bob", "intent.deny", asksForApproval, { isProduction: true }),
];

/** Starts the instance of a kind; a missing one is only named. */
export const instanceFor = ({ scenario }: Kind, { maxcompute }: World): string =>
  scenario === "missing" ? missing : maxcompute.start(scenario);
