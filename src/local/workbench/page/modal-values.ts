// From what a person filled in to what Slack submits. Pure.
import { inputId } from "./blocks/input.ts";
import { initialChoices } from "./elements/choices.ts";
import { fieldKey } from "./elements/use-field.ts";
import { listField, numberField, objectField, textField } from "./fields.ts";
import type { Fields } from "./shapes.ts";
import type { FieldValue } from "./surface.ts";

type Input = { readonly block: string; readonly action: string; readonly isOptional: boolean; readonly element: Fields };

const inputsOf = (view: Fields): readonly Input[] =>
  listField(view, "blocks")
    .filter(({ type }) => type === "input")
    .map((block) => {
      const element = objectField(block, "element") ?? {};
      return { block: inputId(block), action: textField(element, "action_id"), isOptional: block.optional === true, element };
    });

function initialValue(element: Fields): FieldValue {
  if (element.type === "plain_text_input") return textField(element, "initial_value");
  const choices = initialChoices(element);
  return element.type === "checkboxes" || element.type === "multi_static_select" ? choices : (choices[0] ?? "");
}

const filledValue = ({ block, action, element }: Input, filled: ReadonlyMap<string, FieldValue>) =>
  filled.get(fieldKey(block, action)) ?? initialValue(element);

/** { block_id: { action_id: value } }; what was left empty is left out. */
export function valuesOf(view: Fields, filled: ReadonlyMap<string, FieldValue>): Record<string, Record<string, FieldValue>> {
  const entries = inputsOf(view)
    .map((input) => ({ input, value: filledValue(input, filled) }))
    .filter(({ value }) => value.length > 0)
    .map(({ input, value }) => [input.block, { [input.action]: value }] as const);
  return Object.fromEntries(entries);
}

/** What Slack itself refuses before the app is asked: required fields left empty, texts too short. block_id -> words. */
export function problemsOf(view: Fields, filled: ReadonlyMap<string, FieldValue>): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const input of inputsOf(view)) {
    const value = filledValue(input, filled);
    const least = numberField(input.element, "min_length") ?? 0;
    if (value.length === 0 && !input.isOptional) problems.set(input.block, "Please complete this required field.");
    else if (value.length > 0 && typeof value === "string" && value.length < least) {
      problems.set(input.block, `Please use at least ${least} characters.`);
    }
  }
  return problems;
}

/** block_id -> words of an acknowledgement { response_action: "errors", errors }; empty for any other. */
export function errorsOf(ack: unknown): ReadonlyMap<string, string> {
  const answer: Fields = typeof ack === "object" && ack !== null ? { ...ack } : {};
  if (answer.response_action !== "errors") return new Map();
  const entries = Object.entries(objectField(answer, "errors") ?? {});
  return new Map(entries.map(([block, words]) => [block, String(words)]));
}
