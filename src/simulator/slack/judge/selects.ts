// Select menus with one choice and with several: 100 options, or 100 groups of 100.
import { all, choice, flag, integer, list, oneOf, shape, text } from "./check.ts";
import type { Check } from "./problem.ts";
import { choosing, confirmDialog, optionGroups, options, plainOption, plainText } from "./text-objects.ts";

const common = { action_id: text(255), focus_on_load: flag, confirm: confirmDialog, placeholder: plainText(150) };
const several = { ...common, max_selected_items: integer(1, 100) };
const id = text(255);
const ids = list(id, 100, 0);
const offered = { options, option_groups: optionGroups };
const oneSource = oneOf(["options", "option_groups"], "only");
const minQuery = { min_query_length: integer(0, 3000) };

const filter = shape(
  {},
  {
    include: list(choice("im", "mpim", "private", "public"), 4),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);
const conversations = { default_to_current_conversation: flag, filter };

export const selects: { readonly [type: string]: Check } = {
  static_select: choosing(all(shape({}, { ...common, ...offered, initial_option: plainOption }), oneSource)),
  external_select: shape({}, { ...common, ...minQuery, initial_option: plainOption }),
  users_select: shape({}, { ...common, initial_user: id }),
  conversations_select: shape({}, { ...common, ...conversations, initial_conversation: id, response_url_enabled: flag }),
  channels_select: shape({}, { ...common, initial_channel: id, response_url_enabled: flag }),
};

const initialOptions = { initial_options: list(plainOption, 100) };

export const multiSelects: { readonly [type: string]: Check } = {
  multi_static_select: choosing(all(shape({}, { ...several, ...offered, ...initialOptions }), oneSource)),
  multi_external_select: shape({}, { ...several, ...minQuery, ...initialOptions }),
  multi_users_select: shape({}, { ...several, initial_users: ids }),
  multi_conversations_select: shape({}, { ...several, ...conversations, initial_conversations: ids }),
  multi_channels_select: shape({}, { ...several, initial_channels: ids }),
};
