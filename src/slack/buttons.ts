// What can be pressed. action_id names the thing, value says what to do to what: `<verb>:<ref>` for an instance, the stored
// reference of a suggestion, the id of an intent. Nothing else may be in a value: it comes back from outside.
import type { ActionsBlock, Button, ExternalSelect, Overflow, PlainTextOption, StaticSelect } from "@slack/types";
import type { ConfirmStopView, FormView, InstanceLink, Suggestion } from "../view/index.ts";
import { plain } from "./blocks.ts";
import { limits, shown } from "./limits.ts";
import { shortId } from "./mrkdwn.ts";

export type Verb =
  | "status"
  | "progress"
  | "tasks"
  | "subs"
  | "result"
  | "filter"
  | "logview"
  | "why"
  | "cost"
  | "queue"
  | "stop"
  | "unwatch"
  | "ack"
  | "mute"
  | "snooze";

/** One thing that can be done to an instance: the verb as typed, the label of at most 12 characters, what it says aloud. */
export type InstanceAction = {
  readonly verb: Verb;
  readonly label: string;
  readonly aloud: string;
  /** The end of the action_id when it is not the verb. */
  readonly action?: string;
  /** The reference when it is not the link's. */
  readonly ref?: string;
};

export const refresh: InstanceAction = { verb: "status", label: "Refresh", aloud: "Refresh the status of" };
// `instance.status` redraws the card it stands on; from any other answer the status comes as a message of its own.
export const status: InstanceAction = { verb: "status", action: "open", label: "Status", aloud: "Show the status of" };
export const progress: InstanceAction = { verb: "progress", label: "Progress", aloud: "Show the progress of" };
export const tasks: InstanceAction = { verb: "tasks", label: "Tasks", aloud: "Show the tasks of" };
export const result: InstanceAction = { verb: "result", label: "Result", aloud: "Show the result of" };
export const filter = (ref: string): InstanceAction => ({ verb: "filter", label: "Filter", aloud: "Filter the result of", ref });
export const logview: InstanceAction = { verb: "logview", label: "Logview", aloud: "Get a private Logview link for" };
export const why: InstanceAction = { verb: "why", label: "Why?", aloud: "Say what is wrong with" };
export const subs: InstanceAction = { verb: "subs", label: "Parts", aloud: "Show the sub-instances of" };
export const cost: InstanceAction = { verb: "cost", label: "Cost", aloud: "Show what was used by" };
export const queue: InstanceAction = { verb: "queue", label: "Queue", aloud: "Show the place in the queue of" };
export const stop: InstanceAction = { verb: "stop", label: "Stop", aloud: "Ask whether to stop" };
export const unwatch: InstanceAction = { verb: "unwatch", label: "Unwatch", aloud: "Stop watching" };
export const ack: InstanceAction = { verb: "ack", label: "Ack", aloud: "Say that you take care of the failure of" };
// The labels name how long these commands last when nothing else is said.
export const mute: InstanceAction = { verb: "mute", label: "Mute 2 h", aloud: "Silence for two hours in this channel" };
export const snooze: InstanceAction = { verb: "snooze", label: "Snooze 1 h", aloud: "Tell nothing but the end for an hour of" };

/** Buttons for an instance, at most three of them, and a menu with the rest. None when the ref is too long to be carried. */
export const instanceActions = (
  link: InstanceLink,
  visible: readonly InstanceAction[],
  more: readonly InstanceAction[] = [],
): ActionsBlock[] => {
  const id = shortId(link.instanceId);
  const buttons = visible.slice(0, shown.buttons).flatMap(({ verb, label, aloud, action = verb, ref = link.ref }) =>
    button({
      action: `instance.${action}`,
      label,
      value: `${verb}:${ref}`,
      aloud: `${aloud} ${id}`,
      ...(verb === "stop" && { style: "danger" as const }),
    }),
  );
  const options = [...visible.slice(shown.buttons), ...more].flatMap(({ verb, label, ref = link.ref }) =>
    option(label, `${verb}:${ref}`),
  );
  return actions([...buttons, ...overflow("instance.more", options)]);
};

/** One button about an instance, for the side of a section. */
export const sideButton = (link: InstanceLink, { verb, label, aloud, action = verb }: InstanceAction, name: string): Button[] =>
  button({ action: `instance.${action}`, label, value: `${verb}:${link.ref}`, aloud: `${aloud} ${name}` });

/** The same for a button that opens a page. */
export const sideLink = (url: string, label: string, aloud: string): Button => ({
  type: "button",
  action_id: "link.open",
  text: plain(label, limits.buttonText),
  url,
  accessibility_label: plain(aloud, limits.accessibilityLabel).text,
});

/** Suggested commands: three as buttons, the next five in a menu. */
export const suggestionActions = (suggestions: readonly Suggestion[]): ActionsBlock[] => {
  const buttons = suggestions
    .slice(0, shown.buttons)
    .flatMap(({ label, value }, index) => button({ action: `command.run.${index + 1}`, label, value, aloud: label }));
  const options = suggestions.slice(shown.buttons).flatMap(({ label, value }) => option(label, value));
  return actions([...buttons, ...overflow("command.run.more", options)]);
};

const confirming: Readonly<Record<ConfirmStopView["needs"], { readonly action: string; readonly label: string }>> = {
  press: { action: "intent.run", label: "Stop instance" },
  typed: { action: "intent.type", label: "Stop instance…" },
  approval: { action: "intent.run", label: "Ask to stop" },
};

/** The two answers to "Stop this instance?"; both carry the intent, which works once. */
export const intentActions = (intentId: string, instanceId: string, needs: ConfirmStopView["needs"]): ActionsBlock[] => {
  const id = shortId(instanceId);
  const { action, label } = confirming[needs];
  return actions([
    ...button({
      action,
      label,
      value: intentId,
      aloud: needs === "approval" ? `Ask to stop ${id}` : `Stop ${id} now`,
      style: "danger",
    }),
    ...button({ action: "intent.cancel", label: "Keep running", value: intentId, aloud: `Let ${id} run on` }),
  ]);
};

/** The answers to "Run this?"; Run and Cancel carry the intent, Edit a reference to what was prepared. */
export const runActions = (intentId: string, isAsking: boolean, editRef: string | undefined): ActionsBlock[] =>
  actions([
    ...button({
      action: "intent.run",
      label: isAsking ? "Ask to run" : "Run",
      value: intentId,
      aloud: isAsking ? "Ask somebody else to approve it" : "Run it now",
      style: "primary",
    }),
    ...(editRef === undefined
      ? []
      : button({ action: "instance.statement", label: "Edit", value: `statement:${editRef}`, aloud: "Change it in a form" })),
    ...button({ action: "intent.cancel", label: "Cancel", value: intentId, aloud: "Run nothing" }),
  ]);

/** The two answers of a second person; both carry the intent. */
export const approvalActions = (intentId: string, instanceId: string, verb: string): ActionsBlock[] => {
  const id = shortId(instanceId);
  return actions([
    ...button({
      action: "intent.approve",
      label: "Approve",
      value: intentId,
      aloud: `Approve to ${verb} ${id}`,
      style: "danger",
    }),
    ...button({ action: "intent.deny", label: "Deny", value: intentId, aloud: `Deny to ${verb} ${id}` }),
  ]);
};

/** One branch of an XFlow each, stopped alone after its own question. */
export const branchActions = (branches: ConfirmStopView["branches"]): ActionsBlock[] =>
  actions(
    overflow(
      "instance.more",
      branches.flatMap(({ name, link }) => option(`Only ${name}`, `stop:${link.ref}`)),
    ),
  );

/** A button that opens a page. Slack reports its press all the same, as `link.open`. The url has been judged before. */
export const linkButton = (url: string, label: string, aloud: string): ActionsBlock[] => actions([sideLink(url, label, aloud)]);

/** Opens a form, again unless told. */
export const openForm = ({ form, link, title }: FormView, label = "Open again"): ActionsBlock[] =>
  actions(button({ action: `instance.${form}`, label, value: `${form}:${link.ref}`, aloud: `${label}: ${title}` }));

/** A menu that asks the bot what this reader was shown here, and narrows it down while they type. */
export const pickShown = (placeholder: string): ActionsBlock[] => {
  const select: ExternalSelect = {
    type: "external_select",
    action_id: "list.pick",
    min_query_length: 0,
    placeholder: plain(placeholder, limits.placeholder),
  };
  return actions([select]);
};

/** A menu of instances, each option `<verb>:<ref>`. None when no option can be carried. */
export const pickList = (placeholder: string, options: readonly PlainTextOption[]): ActionsBlock[] => {
  if (options.length === 0) return [];
  const select: StaticSelect = {
    type: "static_select",
    action_id: "list.pick",
    placeholder: plain(placeholder, limits.placeholder),
    options: options.slice(0, limits.selectOptions),
  };
  return actions([select]);
};

/** An option of a menu, or nothing when its value is longer than Slack carries: a clipped reference would name nothing. */
export const option = (label: string, value: string): PlainTextOption[] =>
  value === "" || value.length > limits.optionValue ? [] : [{ text: plain(label, limits.optionText), value }];

type ButtonParts = {
  readonly action: string;
  readonly label: string;
  readonly value: string;
  readonly aloud: string;
  readonly style?: "danger" | "primary";
};

const button = ({ action, label, value, aloud, style }: ButtonParts): Button[] =>
  value === "" || value.length > limits.buttonValue
    ? []
    : [
        {
          type: "button",
          action_id: action,
          text: plain(label, limits.buttonText),
          value,
          accessibility_label: plain(aloud, limits.accessibilityLabel).text,
          ...(style !== undefined && { style }),
        },
      ];

const overflow = (action: string, options: readonly PlainTextOption[]): Overflow[] =>
  options.length === 0 ? [] : [{ type: "overflow", action_id: action, options: options.slice(0, limits.overflowOptions) }];

const actions = (elements: ActionsBlock["elements"]): ActionsBlock[] =>
  elements.length === 0 ? [] : [{ type: "actions", elements }];
