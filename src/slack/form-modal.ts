// A form as a modal. What was filled in comes back by the names of its fields, and nothing else of it is trusted.
import type { InputBlock, ModalView } from "@slack/types";
import type { FormField, FormOption, FormView } from "../view/index.ts";
import { plain, section } from "./blocks.ts";
import { option } from "./buttons.ts";
import { idContext } from "./card.ts";
import { limits } from "./limits.ts";
import { plainText } from "./mrkdwn.ts";

/** The modal of a form; only its reference, or the intent that it confirms, is kept in it. */
export const formModal = ({ form, title, submit, link, about, fields, intentId }: FormView): ModalView => ({
  type: "modal",
  callback_id: `form.${form}`,
  private_metadata: intentId ?? link.ref,
  title: plain(title, limits.modalTitle),
  submit: plain(submit, limits.modalTitle),
  close: plain("Cancel", limits.modalTitle),
  blocks: [
    ...section(plainText(about, limits.sectionText)),
    ...fields.flatMap(input),
    ...(link.instanceId === "" ? [] : idContext(link)),
  ],
});

const input = (field: FormField): InputBlock[] =>
  elementOf(field).map((element) => ({
    type: "input",
    // Slack gives blocks without an id a new one for each view: the field is known by its action.
    label: plain(field.label, limits.inputLabel),
    element,
    optional: !(field.kind === "text" && field.isNeeded === true),
    ...(field.hint === undefined ? {} : { hint: plain(field.hint, limits.inputHint) }),
  }));

const optionsOf = (options: readonly FormOption[]) =>
  options.flatMap(({ label, value }) => option(label, value)).slice(0, limits.selectOptions);

/** The element of a field; none where Slack would refuse it, because there is nothing to choose from. */
function elementOf(field: FormField): InputBlock["element"][] {
  const action_id = `field.${field.name}`;
  switch (field.kind) {
    case "text":
      return [
        {
          type: "plain_text_input",
          action_id,
          max_length: field.longest,
          ...(field.isLong === true ? { multiline: true } : {}),
          // Slack refuses one that is longer than what may be typed.
          ...(field.initial === undefined || field.initial.length > field.longest ? {} : { initial_value: field.initial }),
        },
      ];
    case "one of": {
      const options = optionsOf(field.options);
      const initial = options.find(({ value }) => value === field.initial);
      if (options.length === 0) return [];
      return [{ type: "static_select", action_id, options, ...(initial === undefined ? {} : { initial_option: initial }) }];
    }
    case "some of": {
      const options = optionsOf(field.options);
      return options.length === 0 ? [] : [{ type: "multi_static_select", action_id, options }];
    }
    case "yes":
      return [{ type: "checkboxes", action_id, options: [{ text: plain(field.says, limits.optionText), value: "yes" }] }];
    default:
      return field satisfies never;
  }
}
