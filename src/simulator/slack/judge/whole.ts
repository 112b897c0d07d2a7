// What only shows when all blocks are looked at together.
import { isObject, own, ownList, ownText } from "./json.ts";
import { inside, type Place, report } from "./problem.ts";

/** A block and the blocks within it. */
export function withChildren(block: unknown): readonly unknown[] {
  return [block, ...ownList(block, "child_blocks").slice(0, 10)];
}

/** The interactive elements of one block: its elements, its accessory, its input. */
export function elementsOf(block: unknown): readonly unknown[] {
  if (ownText(block, "type") === "rich_text") return [];
  const cards = [...ownList(block, "elements"), block].flatMap((one) => ownList(one, "actions"));
  return [...ownList(block, "elements"), own(block, "accessory"), own(block, "element"), ...cards].filter(isObject);
}

export function blockIdsUnique(blocks: readonly unknown[], at: Place): void {
  const seen = new Set<string>();
  blocks.forEach((block, index) => {
    for (const one of withChildren(block)) {
      const id = ownText(one, "block_id");
      if (id === undefined) continue;
      if (seen.has(id)) report(inside(inside(at, index), "block_id"), "duplicate", `block_id already exists: ${id.slice(0, 80)}`);
      seen.add(id);
    }
  });
}

export function actionIdsUnique(blocks: readonly unknown[], at: Place): void {
  blocks.forEach((block, index) => {
    for (const one of withChildren(block)) {
      const ids = elementsOf(one).flatMap((element) => ownText(element, "action_id") ?? []);
      const twice = ids.find((id, position) => ids.indexOf(id) !== position);
      if (twice !== undefined) report(inside(at, index), "duplicate", `action_id already exists: ${twice.slice(0, 80)}`);
    }
  });
}

const spoken: ReadonlySet<string> = new Set(["text", "title", "caption", "alt_text", "fallback", "label", "subtitle"]);

/** Characters a person reads in this part of a message: every text, title, caption and label below it. */
export function wordsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + wordsIn(one), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [key, one]) => {
    if (typeof one === "string") return sum + (spoken.has(key) ? one.length : 0);
    return sum + wordsIn(one);
  }, 0);
}
