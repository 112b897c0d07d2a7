// Interactive elements, with the limits of Slack's block element reference.
import { all, byType, choice, flag, integer, list, matching, oneOf, shape, text, url } from "./check.ts";
import type { Check } from "./problem.ts";
import { multiSelects, selects } from "./selects.ts";
import { choosing, confirmDialog, markedOption, overflowOption, plainText } from "./text-objects.ts";

const actionId = text(255);
const focus = { action_id: actionId, focus_on_load: flag };
const style = choice("primary", "danger");
const dispatch = shape({}, { trigger_actions_on: list(choice("on_enter_pressed", "on_character_entered"), 2) });

export const button: Check = shape(
  { text: plainText(75) },
  { action_id: actionId, value: text(2000), url: url(), style, accessibility_label: text(75), confirm: confirmDialog },
);

const workflow = shape({ trigger: shape({ url: url() }, { customizable_input_parameters: list(() => {}, 100, 0) }) });
const workflowButton = shape(
  { text: plainText(75), workflow },
  { action_id: actionId, style, accessibility_label: text(75), confirm: confirmDialog },
);

export const image: Check = all(
  shape(
    { alt_text: text(2000) },
    { image_url: url(), slack_file: all(shape({}, { id: text(255), url: url() }), oneOf(["id", "url"], "only")) },
  ),
  oneOf(["image_url", "slack_file"], "only"),
);

const overflow = shape({ options: list(overflowOption, 5) }, { action_id: actionId, confirm: confirmDialog });
const marked = { options: list(markedOption, 10) };
const checkboxes = choosing(shape(marked, { ...focus, confirm: confirmDialog, initial_options: list(markedOption, 10) }));
const radioButtons = choosing(shape(marked, { ...focus, confirm: confirmDialog, initial_option: markedOption }));

const picker = { ...focus, confirm: confirmDialog, placeholder: plainText(150) };
const datepicker = shape({}, { ...picker, initial_date: matching(/^\d{4}-\d\d-\d\d$/, "a date as YYYY-MM-DD") });
const timepicker = shape({}, { ...picker, initial_time: matching(/^\d\d:\d\d$/, "a time as HH:mm"), timezone: text(255) });
const tenDigits = integer(1_000_000_000, 9_999_999_999);
const datetimepicker = shape({}, { ...focus, confirm: confirmDialog, initial_date_time: tenDigits });

const typed = { ...focus, placeholder: plainText(150), dispatch_action_config: dispatch };
const length = integer(0, 3000);
const plainTextInput = shape(
  {},
  { ...typed, initial_value: text(3000, 0), multiline: flag, min_length: length, max_length: integer(1, 3000) },
);
const decimal = matching(/^-?\d+(\.\d+)?$/, "a number in a string");
const numberInput = shape(
  { is_decimal_allowed: flag },
  { ...typed, initial_value: decimal, min_value: decimal, max_value: decimal },
);
const addressInput = shape({}, { ...typed, initial_value: text(3000, 0) });
const richTextInput = shape({}, { ...typed, initial_value: () => {}, min_lines: integer(1, 100), max_lines: integer(1, 100) });
const fileInput = shape({}, { action_id: actionId, filetypes: list(text(255), 100), max_files: integer(1, 10) });

const feedback = shape({ text: plainText(75), value: text(2000) }, { accessibility_label: text(75) });
const feedbackButtons = shape({ positive_button: feedback, negative_button: feedback }, { action_id: actionId });
const iconButton = shape(
  { icon: choice("trash"), text: plainText(75) },
  {
    action_id: actionId,
    value: text(2000),
    accessibility_label: text(75),
    confirm: confirmDialog,
    visible_to_user_ids: list(text(255), 100, 0),
  },
);

const chosen = { checkboxes, datepicker, datetimepicker, timepicker, radio_buttons: radioButtons, ...selects, ...multiSelects };
const pressed = { button, overflow, workflow_button: workflowButton };

/** What an actions block may hold. */
export const actionElement: Check = byType({ ...chosen, ...pressed, rich_text_input: richTextInput });
/** What may stand beside a section. */
export const accessory: Check = byType({ ...chosen, ...pressed, image });
/** What an input block may ask with. */
export const inputElement: Check = byType({
  ...chosen,
  plain_text_input: plainTextInput,
  number_input: numberInput,
  email_text_input: addressInput,
  url_text_input: addressInput,
  rich_text_input: richTextInput,
  file_input: fileInput,
});
export const contextAction: Check = byType({ feedback_buttons: feedbackButtons, icon_button: iconButton });
