// The results of an instance: rows as a table, text as it is, and what was left out.
import type { KnownBlock } from "@slack/types";
import type { ResultTable, ResultText, ResultView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { filter, instanceActions, logview, status, tasks } from "../buttons.ts";
import { head, idContext, named } from "../card.ts";
import { count, plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { monospaceBlock } from "../monospace.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing, plainText, shortId, term } from "../mrkdwn.ts";
import { paragraph, preformatted, prose } from "../rich-text.ts";
import { stateOf } from "../state.ts";
import { dataTable, type FittedTable, fitTable } from "../table.ts";

/** Draws all results; Slack takes one table a message, so the second and later ones are monospace. */
export const drawResult = (view: ResultView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome);
  const drawn = view.results.slice(0, shown.detailedTasks);
  const share = Math.floor(limits.tableText / Math.max(1, drawn.length)) - 200;
  const firstTable = drawn.find((result) => result.format === "table");
  const hidden = view.results.length - drawn.length;
  return {
    text: mrkdwn`${term(state.word)} ${join([named(view.link), ...drawn.map(inWords)], ", ")}`,
    blocks: [
      ...head(state, view.link, undefined),
      ...(view.results.length === 0 ? section(mrkdwn`It has no result.`) : []),
      ...drawn.flatMap((result) =>
        result.format === "text" ? textBlocks(result, share) : tableBlocks(result, share, result === firstTable, view),
      ),
      ...(hidden > 0 ? section(mrkdwn`and ${plural(hidden, "more result")}`) : []),
      ...section(files(view, context)),
      ...(view.filterRef === undefined
        ? instanceActions(view.link, [status, logview, tasks])
        : instanceActions(view.link, [filter(view.filterRef), status, logview], [tasks])),
      ...idContext(view.link, [context.audience === "private" ? mrkdwn`Only you see this` : nothing]),
    ],
  };
};

const inWords = (result: ResultTable | ResultText): Mrkdwn => {
  if (result.format === "text") return plainText(result.text, shown.inline);
  const first = result.rows[0]?.slice(0, shown.detailedTasks).map((value) => mrkdwn`${value ?? "NULL"}`) ?? [];
  const isSearched = result.rowCount < result.totalRows;
  const found = mrkdwn`${plural(isSearched ? result.rowCount : (result.allRows ?? result.rowCount), "row")}`;
  const rows = isSearched && result.truncated ? mrkdwn`${found} in the first ${count(result.totalRows)}` : found;
  return first.length === 0 ? rows : mrkdwn`${rows}, the first is ${join(first, ", ")}`;
};

const textBlocks = ({ taskName, text, failed, withheld }: ResultText, share: number): KnownBlock[] => {
  if (withheld === true)
    return [...section(mrkdwn`*Result* of ${code(taskName)} · not shown`), ...paragraph(prose(text, shown.verbatim))];
  const max = Math.min(share, shown.verbatim);
  return [
    ...section(
      join([failed ? mrkdwn`:x: *Failed* ${code(taskName)}` : mrkdwn`*Result* of ${code(taskName)}`, cutText(text, max)], " · "),
    ),
    ...(text.trim() === "" ? section(mrkdwn`The result is empty.`) : preformatted(text, max)),
  ];
};

const cutText = (text: string, max: number): Mrkdwn =>
  text.length > max ? mrkdwn`the first ${count(max)} of ${count(text.length)} characters` : nothing;

const tableBlocks = (result: ResultTable, share: number, asBlock: boolean, { link }: ResultView): KnownBlock[] => {
  const table = fitTable(result, share);
  const header = table.columns.map((text) => ({ type: "raw_text" as const, text }));
  const caption = `Result of ${result.taskName} of instance ${shortId(link.instanceId)}`;
  return [
    ...section(
      mrkdwn`*Result* of ${code(result.taskName)} · ${rowsShown(result, table)} · ${plural(result.columns.length, "column")}`,
    ),
    ...(asBlock ? dataTable(table, caption) : [monospaceBlock([header, ...table.rows], share)]),
    ...(table.rows.length === 0 && asBlock ? preformatted(table.columns.join(" | "), share) : []),
    ...smallPrint(leftOut(result, table)),
  ];
};

const rowsShown = ({ rowCount, totalRows, allRows }: ResultTable, { rows }: FittedTable): Mrkdwn => {
  const isSearched = rowCount < totalRows;
  const found = isSearched ? rowCount : (allRows ?? rowCount);
  const matched =
    rows.length < found ? mrkdwn`${count(rows.length)} of ${plural(found, "row")}` : mrkdwn`${plural(found, "row")}`;
  return isSearched ? mrkdwn`${matched} that match, of ${count(totalRows)}` : matched;
};

const leftOut = (result: ResultTable, table: FittedTable): readonly Mrkdwn[] => [
  table.hiddenColumns > 0
    ? mrkdwn`The first ${table.columns.length} columns; ${plural(table.hiddenColumns, "more column")} left out`
    : nothing,
  table.clippedCells > 0 ? mrkdwn`${plural(table.clippedCells, "cell")} clipped` : nothing,
  table.rows.length < result.rows.length ? mrkdwn`${plural(result.rows.length - table.rows.length, "row")} did not fit` : nothing,
  cutWords(result),
  maskedWords(result),
  result.isLimited === true ? mrkdwn`The project is protected: nobody may download more rows than these` : nothing,
];

const maskedWords = ({ masked = [] }: ResultTable): Mrkdwn => {
  if (masked.length === 0) return nothing;
  const named = masked.slice(0, shown.detailedTasks).map((column) => code(column));
  const others = masked.length - named.length;
  const all = join([...named, ...(others === 0 ? [] : [mrkdwn`${plural(others, "more column")}`])], ", ");
  return mrkdwn`${all} masked by policy`;
};

const cutWords = ({ truncated, allRows, rowCount, totalRows }: ResultTable): Mrkdwn => {
  if (!truncated) return nothing;
  if (allRows === undefined) return mrkdwn`MaxCompute itself cut this result: there are more rows, and it gives no others`;
  if (rowCount === totalRows || totalRows === allRows) return nothing;
  return mrkdwn`I looked through the first ${count(totalRows)} of ${plural(allRows, "row")}; ${code("--csv")} looks through all`;
};

const files = ({ files: sent }: ResultView, { audience }: RenderContext): Mrkdwn => {
  if (sent.length === 0) return nothing;
  const names = join(
    sent.slice(0, shown.detailedTasks).map(({ name }) => code(name)),
    ", ",
  );
  return mrkdwn`*${sent.length === 1 ? "File" : "Files"}* ${names} ${audience === "private" ? "on the way to our direct messages" : "on the way to this channel"}`;
};
