// Composition objects: text, options and confirm dialogs, with the limits of Slack's composition object reference.
import { all, byType, choice, flag, list, shape, text, url } from "./check.ts";
import { own, ownList } from "./json.ts";
import { type Check, inside, report } from "./problem.ts";

const plainShape = (max: number) => shape({ text: text(max) }, { emoji: flag });
const mrkdwnShape = (max: number) => shape({ text: text(max) }, { verbatim: flag });

/** A plain_text object; mrkdwn is refused where Slack demands plain_text. */
export const plainText = (max: number): Check => byType({ plain_text: plainShape(max) });

export const mrkdwn = (max: number): Check => byType({ mrkdwn: mrkdwnShape(max) });

export const anyText = (max: number): Check => byType({ plain_text: plainShape(max), mrkdwn: mrkdwnShape(max) });

/** Confirm dialog: title 100, text 300, the two buttons 30 each. */
export const confirmDialog: Check = shape(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: choice("primary", "danger") },
);

// Documents disagree on an option's value (75 or 150): the smaller is safe with both.
const optionValue = text(75);

export const plainOption: Check = shape({ text: plainText(75), value: optionValue }, { description: plainText(75) });

/** Options of checkboxes and radio buttons may be mrkdwn. */
export const markedOption: Check = shape({ text: anyText(75), value: optionValue }, { description: anyText(75) });

/** An overflow's option may lead to a link. */
export const overflowOption: Check = shape(
  { text: plainText(75), value: optionValue },
  { description: plainText(75), url: url() },
);

const optionGroup: Check = shape({ label: plainText(75), options: list(plainOption, 100) });

export const options: Check = list(plainOption, 100);
export const optionGroups: Check = list(optionGroup, 100);

/** What is chosen at the start must be among what can be chosen. */
export const initialAmongOptions: Check = (element, at) => {
  const offered = [
    ...ownList(element, "options"),
    ...ownList(element, "option_groups").flatMap((group) => ownList(group, "options")),
  ];
  const values = new Set(offered.map((option) => own(option, "value")));
  const single = own(element, "initial_option");
  if (single !== undefined && !values.has(own(single, "value"))) {
    report(inside(at, "initial_option"), "not_allowed", "must be one of the options");
  }
  ownList(element, "initial_options").forEach((option, index) => {
    if (values.has(own(option, "value"))) return;
    report(inside(inside(at, "initial_options"), index), "not_allowed", "must be one of the options");
  });
};

export const choosing = (check: Check): Check => all(check, initialAmongOptions);
