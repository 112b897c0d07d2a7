// Finding what was clicked, and what the other elements hold meanwhile.
import { isObject, type Json, own, ownText } from "../judge/json.ts";
import { elementsOf, withChildren } from "../judge/whole.ts";
import type { Workspace } from "../workspace.ts";
import { answered } from "./answers.ts";

export type Found = { readonly block: Json; readonly element: Json };

/** All interactive elements of these blocks, also those in containers. */
export function interactive(blocks: readonly unknown[]): readonly Found[] {
  return blocks
    .flatMap(withChildren)
    .flatMap((block) =>
      elementsOf(block).flatMap((element) =>
        isObject(block) && isObject(element) && ownText(element, "action_id") !== undefined ? [{ block, element }] : [],
      ),
    );
}

/** The element of this action_id; buttons that share it (one a row, say) are told apart by their value. */
export function findElement(blocks: readonly unknown[], actionId: string, value: string | undefined): Found | undefined {
  const found = interactive(blocks).filter(({ element }) => ownText(element, "action_id") === actionId);
  const isButton = ({ element }: Found): boolean => ownText(element, "type")?.endsWith("button") === true;
  if (value === undefined || !found.some(isButton)) return found[0];
  return found.find((one) => isButton(one) && ownText(one.element, "value") === value);
}

const stateless = ["button", "workflow_button", "icon_button", "feedback_buttons", "overflow"];

export type Filled = { readonly found: Found; readonly values: readonly string[] };

/** `state.values` of a payload: { block_id: { action_id: { type, ... } } }, with what was filled in taking over. */
export function stateOf(blocks: readonly unknown[], filled: readonly Filled[], workspace: Workspace): Json {
  const rows = interactive(blocks).flatMap(({ block, element }) => {
    const type = ownText(element, "type") ?? "";
    if (stateless.includes(type)) return [];
    const typed = filled.find(({ found }) => found.element === element);
    const suggested = [...workspace.suggestions.values()].flat();
    const held = answered(element, typed?.values, suggested, workspace);
    return [{ block: ownText(block, "block_id") ?? "", action: ownText(element, "action_id") ?? "", held: { type, ...held } }];
  });
  const grouped = Map.groupBy(rows, ({ block }) => block);
  return Object.fromEntries(
    [...grouped].map(([block, ofBlock]) => [block, Object.fromEntries(ofBlock.map(({ action, held }) => [action, held]))]),
  );
}

/** An element's confirm dialog, if it asks before it acts. */
export function asksFirst(element: Json): boolean {
  return own(element, "confirm") !== undefined;
}
