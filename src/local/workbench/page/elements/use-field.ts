import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { textField } from "../fields.ts";
import type { Fields } from "../shapes.ts";
import { type FieldValue, SurfaceContext } from "../surface.ts";

/** block_id of the input block around an element, so that its value finds its place. */
export const InputContext = createContext("");

/** One key for a field of a form: block_id and action_id, apart by a line break, which neither may hold. */
export const fieldKey = (blockId: string, actionId: string) => `${blockId}\n${actionId}`;

export type Field = {
  readonly id: string;
  readonly describedBy: string;
  readonly value: FieldValue | undefined;
  fill(value: FieldValue): void;
};

/** The field an element fills in a modal; undefined in a message, where elements act at once. */
export function useField(element: Fields): Field | undefined {
  const { form } = useContext(SurfaceContext);
  const blockId = useContext(InputContext);
  if (form === undefined || blockId === "") return undefined;
  const key = fieldKey(blockId, textField(element, "action_id"));
  return {
    id: `field-${blockId}`,
    describedBy: `help-${blockId}`,
    value: form.values.get(key),
    fill: (value) => form.fill(key, value),
  };
}
