// What is watched in a channel, and what is silenced there.
import type { KnownBlock, RawTextElement, TableBlock } from "@slack/types";
import type { WatchesView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { option, pickList } from "../buttons.ts";
import { dayAndTime } from "../card.ts";
import { oneLine } from "../clean.ts";
import { clip } from "../fit.ts";
import { percent, plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, linesWithin, type Mrkdwn, mention, mrkdwn, plainText, shortId } from "../mrkdwn.ts";
import { stateCell, taskState } from "../state.ts";

type Row = WatchesView["rows"][number];

/** Draws the watches as a table, who began each below it, and the silences. */
export const drawWatches = (view: WatchesView, context: RenderContext): Sketch => {
  const { rows, mutes } = view;
  const number = rows.length === 0 ? mrkdwn`Nothing` : mrkdwn`${plural(rows.length, "instance")}`;
  const first = rows.slice(0, shown.detailedTasks).map(({ link, word }) => mrkdwn`${shortId(link.instanceId)} ${word}`);
  return {
    text: join([mrkdwn`${number} watched here`, join(first, ", ")], ": "),
    blocks: [
      ...section(mrkdwn`*${number}* watched here`),
      ...(rows.length === 0 ? smallPrint([mrkdwn`${code("watch <id>")} follows an instance until its end`]) : [table(rows)]),
      ...section(
        linesWithin(
          rows.map((row) => line(row, context)),
          shown.taskLines,
        ),
      ),
      ...silences(mutes, context),
      ...pickList("Pick an instance", rows.flatMap(pick)),
    ],
  };
};

const raw = (text: string): RawTextElement => ({ type: "raw_text", text: clip(oneLine(text), shown.cell) || " " });

const doneOf = ({ percent: done }: Row): string => (done === undefined ? "-" : percent(done));

const table = (rows: readonly Row[]): TableBlock => ({
  type: "table",
  column_settings: [{ is_wrapped: true }, { align: "left" }, { align: "right" }],
  rows: [
    [raw("Instance"), raw("State"), raw("Done")],
    ...rows
      .slice(0, limits.tableRows - 1)
      .map((row) => [raw(shortId(row.link.instanceId)), stateCell(taskState(row.word)), raw(doneOf(row))]),
  ],
});

const line = ({ link, startedBy, startedAt, options }: Row, context: RenderContext): Mrkdwn =>
  join(
    [
      mrkdwn`${code(shortId(link.instanceId))} in ${code(link.project)}`,
      mrkdwn`by ${mention(startedBy)}, ${dayAndTime(startedAt, context)}`,
      plainText(oneLine(options.slice(0, shown.detailedTasks).join(", ")), shown.inline),
    ],
    " · ",
  );

const silences = (mutes: WatchesView["mutes"], context: RenderContext): KnownBlock[] =>
  mutes.length === 0
    ? []
    : section(
        join(
          [
            mrkdwn`*Silenced here*`,
            linesWithin(
              mutes.map(
                ({ what, until, by }) => mrkdwn`:mute: ${code(what)} until ${dayAndTime(until, context)} by ${mention(by)}`,
              ),
              shown.taskLines,
            ),
          ],
          "\n",
        ),
      );

const pick = ({ link, word, percent: done }: Row) =>
  option([shortId(link.instanceId), word, ...(done === undefined ? [] : [percent(done)])].join(" "), `status:${link.ref}`);
