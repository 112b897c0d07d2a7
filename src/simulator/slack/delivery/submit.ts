// Modals submitted and closed, and what the bot's answer does with them.
import type { Delivery } from "../api.ts";
import { isObject, type Json, own, ownList, ownText } from "../judge/json.ts";
import { checkView } from "../judge/view.ts";
import { asSlackView, closeViews, pushView, replaceView, showErrors, stackOf } from "../views.ts";
import type { OpenView, Workspace } from "../workspace.ts";
import { findPerson } from "../world.ts";
import { answered } from "./answers.ts";
import { type Filled, type Found, interactive, stateOf } from "./elements.ts";
import { ackOf, notSent, timed } from "./outcome.ts";
import { payloadOf, sendPayload } from "./payload.ts";
import { type Answer, failureWord, isFine } from "./send.ts";

type Submission = { readonly user: string; readonly view_id: string; readonly values: Json };

export async function submitView({ user, view_id, values }: Submission, workspace: Workspace): Promise<Delivery> {
  const person = findPerson(user);
  const view = workspace.views.get(view_id);
  if (person === undefined || view?.user !== person.id) return notSent("not_found");
  const blocks = ownList(view.view, "blocks");
  const filled = fillIn(blocks, values);
  if (filled === undefined) return notSent("no_such_input");
  const wrong = firstWrong(blocks, filled, workspace);
  if (wrong !== undefined) return notSent(wrong);
  const trigger = workspace.exchanges.newTrigger(person.id, view.id);
  const payload = {
    ...payloadOf("view_submission", person),
    trigger_id: trigger,
    view: asSlackView(view, stateOf(blocks, filled, workspace)),
    response_urls: [],
  };
  return timed(
    trigger,
    () => sendPayload(payload, workspace),
    workspace,
    (answer) => settle(answer, view, workspace),
  );
}

export async function closeView(input: Omit<Submission, "values">, workspace: Workspace): Promise<Delivery> {
  const person = findPerson(input.user);
  const view = workspace.views.get(input.view_id);
  if (person === undefined || view?.user !== person.id) return notSent("not_found");
  closeViews([view], workspace);
  const notice = own(view.view, "notify_on_close") === true;
  if (!notice) return { ok: true, ack: "", elapsedMs: 0, deliveryId: "" };
  const payload = { ...payloadOf("view_closed", person), view: asSlackView(view), is_cleared: false };
  const failure = (answer: Answer) => (isFine(answer) ? undefined : failureWord(answer));
  return timed(workspace.ids.next("Q"), () => sendPayload(payload, workspace), workspace, failure);
}

/** Which element each value goes to; undefined when one has nowhere to go. */
function fillIn(blocks: readonly unknown[], values: Json): readonly Filled[] | undefined {
  const elements = interactive(blocks);
  const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value : [value]).map(String);
  const filled = Object.entries(values).flatMap(([key, value]): readonly (Filled | undefined)[] => {
    const inBlock = elements.filter(({ block }) => ownText(block, "block_id") === key);
    if (!isObject(value)) {
      const found = elements.find(({ element }) => ownText(element, "action_id") === key) ?? inBlock[0];
      return [found && { found, values: texts(value) }];
    }
    return Object.entries(value).map(([action, typed]) => {
      const found = inBlock.find(({ element }) => ownText(element, "action_id") === action);
      return found && { found, values: texts(typed) };
    });
  });
  const known = filled.filter((one) => one !== undefined);
  return known.length === filled.length ? known : undefined;
}

/** What Slack's client itself refuses to submit: a required input left empty, a text too short or too long, no such option. */
function firstWrong(blocks: readonly unknown[], filled: readonly Filled[], workspace: Workspace): string | undefined {
  const suggested = [...workspace.suggestions.values()].flat();
  for (const found of interactive(blocks)) {
    const typed = filled.find((one) => one.found.element === found.element)?.values;
    const held = answered(found.element, typed, suggested, workspace);
    if (held === undefined) return "no_such_option";
    if (ownText(found.block, "type") !== "input") continue;
    const value = Object.values(held)[0];
    const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
    if (empty && own(found.block, "optional") !== true) return "missing_input";
    if (typeof value === "string" && !empty && !lengthFits(found, value)) return "invalid_input_length";
  }
  return undefined;
}

function lengthFits({ element }: Found, value: string): boolean {
  const [least, most] = [own(element, "min_length"), own(element, "max_length")];
  return value.length >= (typeof least === "number" ? least : 0) && value.length <= (typeof most === "number" ? most : 3000);
}

/** Does what the answer asks for; Slack's word when it cannot. */
function settle(answer: Answer, view: OpenView, workspace: Workspace): string | undefined {
  if (!isFine(answer)) return failureWord(answer);
  const ack = ackOf(answer);
  const next = own(ack, "view");
  switch (own(ack, "response_action")) {
    case undefined:
      closeViews([view], workspace);
      return undefined;
    case "clear":
      closeViews(stackOf(view, workspace), workspace);
      return undefined;
    case "errors":
      return settleErrors(own(ack, "errors"), view, workspace);
    case "update":
      if (!isObject(next) || checkView(next).length > 0) return "invalid_arguments";
      replaceView(view, next, workspace);
      return undefined;
    case "push":
      if (!isObject(next) || checkView(next).length > 0) return "invalid_arguments";
      return pushView(view, next, workspace) === undefined ? "push_limit_reached" : undefined;
    default:
      return "invalid_response_action";
  }
}

function settleErrors(errors: unknown, view: OpenView, workspace: Workspace): string | undefined {
  const inputs = ownList(view.view, "blocks").filter((block) => ownText(block, "type") === "input");
  const known = new Set(inputs.map((block) => ownText(block, "block_id")));
  const entries = isObject(errors) ? Object.entries(errors) : [];
  // Slack shows an error beside an input block, and nowhere else.
  if (entries.length === 0 || entries.some(([block, text]) => !known.has(block) || typeof text !== "string")) {
    return "invalid_response_action";
  }
  showErrors(view, Object.fromEntries(entries.map(([block, text]) => [block, String(text)])), workspace);
  return undefined;
}
