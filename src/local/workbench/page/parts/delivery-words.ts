import { isFields, listField } from "../fields.ts";
import type { Fields } from "../shapes.ts";

/** What a person is told when the app failed to answer a click; the reason is Slack's word for it. */
export const excuse = (reason: string) => `The app did not take this: ${reason}.`;

/** Options of an acknowledgement { options } or { option_groups }, in order. */
export const suggestionsOf = (ack: unknown): readonly Fields[] => {
  if (!isFields(ack)) return [];
  return [...listField(ack, "options"), ...listField(ack, "option_groups").flatMap((group) => listField(group, "options"))];
};
