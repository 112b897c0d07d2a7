// What an element holds once a person has picked or typed something, in the words of Slack's payloads.
import { type Json, own, ownList, ownText } from "../judge/json.ts";
import type { Workspace } from "../workspace.ts";
import { findPerson } from "../world.ts";

type Option = (value: string) => unknown;

function optionAmong(options: readonly unknown[]): Option {
  return (value) =>
    options.find((option) => ownText(option, "value") === value) ??
    options.find((option) => ownText(own(option, "text"), "text") === value);
}

function offeredBy(element: Json, suggested: readonly unknown[]): readonly unknown[] {
  const grouped = ownList(element, "option_groups").flatMap((group) => ownList(group, "options"));
  return [...ownList(element, "options"), ...grouped, ...suggested];
}

const typedInto = ["plain_text_input", "number_input", "email_text_input", "url_text_input"];

/**
 * The fields of a payload for this element: { value }, { selected_option }, ... ; undefined when the choice is not offered.
 * `values` is one text, or several for an element with several choices; none takes what the element starts with.
 */
export function answered(
  element: Json,
  values: readonly string[] | undefined,
  suggested: readonly unknown[],
  { channels }: Workspace,
): Json | undefined {
  const type = ownText(element, "type") ?? "";
  const pick = optionAmong(offeredBy(element, suggested));
  const all = (find: Option): readonly unknown[] | undefined => {
    const found = (values ?? []).map(find);
    return found.includes(undefined) ? undefined : found;
  };
  const given = <T>(name: string, initial: string, find: (value: string) => T | undefined): Json | undefined => {
    if (values?.[0] === undefined) return { [name]: own(element, initial) ?? null };
    const found = find(values[0]);
    return found === undefined ? undefined : { [name]: found };
  };
  const several = (name: string, initial: string, find: Option): Json | undefined => {
    const found = values === undefined ? ownList(element, initial) : all(find);
    return found === undefined ? undefined : { [name]: found };
  };
  const user: Option = (value) => findPerson(value)?.id;
  const channel: Option = (value) => channels.find(value)?.id;
  const same = (value: string): string => value;

  if (typedInto.includes(type)) return given("value", "initial_value", same);
  switch (type) {
    case "button":
    case "workflow_button":
    case "icon_button":
      return own(element, "value") === undefined ? {} : { value: own(element, "value") };
    case "overflow":
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return given("selected_option", "initial_option", pick);
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return several("selected_options", "initial_options", pick);
    case "users_select":
      return given("selected_user", "initial_user", user);
    case "multi_users_select":
      return several("selected_users", "initial_users", user);
    case "channels_select":
      return given("selected_channel", "initial_channel", channel);
    case "multi_channels_select":
      return several("selected_channels", "initial_channels", channel);
    case "conversations_select":
      return given("selected_conversation", "initial_conversation", channel);
    case "multi_conversations_select":
      return several("selected_conversations", "initial_conversations", channel);
    case "datepicker":
      return given("selected_date", "initial_date", same);
    case "timepicker":
      return given("selected_time", "initial_time", same);
    case "datetimepicker":
      return given("selected_date_time", "initial_date_time", Number);
    case "feedback_buttons":
      return given("value", "value", (value) =>
        [own(element, "positive_button"), own(element, "negative_button")]
          .map((one) => ownText(one, "value"))
          .find((one) => one === value),
      );
    default:
      return undefined;
  }
}
