import { blockOn } from "./blocks.ts";
import { list } from "./check.ts";
import { isObject, own, ownText } from "./json.ts";
import { type Check, inside, type Place, type Problem, problemsOf, report } from "./problem.ts";
import { cellCharacters, mostTableCharacters } from "./tables.ts";
import { actionIdsUnique, blockIdsUnique, withChildren, wordsIn } from "./whole.ts";

/** Text beyond this is refused as msg_too_long: documents say 40,000, measured refusals start here. */
export const mostText = 4000;
/** All the words of a message's blocks together; undocumented, refusals were measured between 13,172 and 13,297. */
export const mostBlockCharacters = 13_200;
const mostMarkdown = 12_000;
const mostCharts = 2;

/**
 * Everything for which Slack would refuse this message; [] when it would take it. `missing_text` (blocks without a text for
 * notifications and screen readers) is a warning of Slack's and is listed here so that a renderer is held to it.
 */
export function checkMessage(message: { readonly text?: unknown; readonly blocks?: unknown }): Problem[] {
  return problemsOf(message, wholeMessage);
}

const wholeMessage: Check = (message, at) => {
  const words = own(message, "text");
  const blocks = own(message, "blocks");
  if (words !== undefined && words !== null) checkText(words, inside(at, "text"));
  const hasWords = typeof words === "string" && words.trim() !== "";
  const hasBlocks = blocks !== undefined && blocks !== null && !(Array.isArray(blocks) && blocks.length === 0);
  if (!hasWords && !hasBlocks) report(at, "no_text", "no text and no blocks");
  if (!hasWords && hasBlocks) report(at, "missing_text", "text is missing beside blocks");
  if (hasBlocks) checkBlocks(blocks, inside(at, "blocks"));
};

function checkText(words: unknown, at: Place): void {
  if (typeof words !== "string") report(at, "wrong_type", "must be a string");
  else if (words.length > mostText) report(at, "msg_too_long", `must be less than ${mostText + 1} characters`);
}

/** The blocks of a message, alone: what `blocks.validate` looks at. */
export const checkBlocks: Check = (blocks, at) => {
  list(blockOn("message"), 50, 0)(blocks, at);
  if (!Array.isArray(blocks)) return;
  const seen = blocks.slice(0, 50).flatMap(withChildren);
  blockIdsUnique(blocks.slice(0, 50), at);
  actionIdsUnique(blocks.slice(0, 50), at);
  checkTotals(seen, at);
};

function checkTotals(blocks: readonly unknown[], at: Place): void {
  const ofType = (...types: readonly string[]) =>
    blocks.filter((block) => isObject(block) && types.includes(ownText(block, "type") ?? ""));
  const tables = ofType("table", "data_table");
  const markdown = ofType("markdown").reduce<number>((sum, block) => sum + (ownText(block, "text")?.length ?? 0), 0);
  const cells = tables.reduce<number>((sum, block) => sum + cellCharacters(block), 0);
  const words = blocks.reduce<number>((sum, block) => sum + wordsIn({ ...Object(block), child_blocks: [] }), 0);
  if (tables.length > 1) report(at, "too_many_tables", "only one table per message is allowed");
  if (cells > mostTableCharacters)
    report(at, "table_too_long", `all cells together must be less than ${mostTableCharacters + 1} characters`);
  if (ofType("data_visualization").length > mostCharts)
    report(at, "too_many", `no more than ${mostCharts} data_visualization blocks allowed`);
  if (markdown > mostMarkdown) report(at, "too_long", `markdown must be less than ${mostMarkdown + 1} characters in all`);
  if (words > mostBlockCharacters) report(at, "msg_blocks_too_long", "the text of all blocks together is too long");
}
