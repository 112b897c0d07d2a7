// Where instances stand in line, and what they wait for.
import type { RawTextElement, TableBlock } from "@slack/types";
import type { QueueRow, QueueView } from "../../view/index.ts";
import { fields, section, context as smallPrint } from "../blocks.ts";
import { instanceActions, logview, option, pickList, queue, status, why } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { oneLine } from "../clean.ts";
import { clip } from "../fit.ts";
import { elapsed, percent, plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, linesWithin, type Mrkdwn, mrkdwn, nothing, plainText, shortId, term } from "../mrkdwn.ts";
import { statusState, taskState } from "../state.ts";

/** Draws one instance's place, or the line of a project. */
export const drawQueue = (view: QueueView, context: RenderContext): Sketch => {
  const [only] = view.rows;
  return view.isSingle && only !== undefined ? drawPlace(only, view.seenAt, context) : drawLine(view, context);
};

const drawPlace = (row: QueueRow, seenAt: number, context: RenderContext): Sketch => {
  // MaxCompute calls it running while it stands in line.
  const state = row.position === undefined ? statusState(row.status ?? "Unknown") : taskState("WAITING");
  const place = placeOf(row);
  const facts: (readonly [string, Mrkdwn])[] = [
    ["Place", place.mrkdwn === "" ? mrkdwn`not in line` : place],
    ...(row.percent === undefined ? [] : [["Progress", mrkdwn`${percent(row.percent)}`] as const]),
    ...(row.priority === undefined ? [] : [["Priority", mrkdwn`${row.priority} (0 is the highest)`] as const]),
    ["Since", mrkdwn`${elapsed(row.startTime, seenAt)}`],
    ...(row.owner === undefined ? [] : [["Owner", code(row.owner)] as const]),
    ...(row.jobName === undefined ? [] : [["Job", code(row.jobName)] as const]),
  ];
  return {
    text: mrkdwn`${term(state.word)} ${named(row.link)}: ${place.mrkdwn === "" ? mrkdwn`not in line` : place}`,
    blocks: [
      ...head(state, row.link, row.status),
      ...fields(facts),
      ...section(
        linesWithin(
          row.subStatuses.map((words) => plainText(oneLine(words), shown.error)),
          shown.taskLines,
        ),
      ),
      ...instanceActions(row.link, [{ ...queue, label: "Refresh" }, status, why], [logview]),
      ...idContext(row.link, [dataAge(seenAt, context)]),
    ],
  };
};

const drawLine = ({ project, rows, total, seenAt }: QueueView, context: RenderContext): Sketch => {
  const number = mrkdwn`${plural(total, "instance")}`;
  return {
    text: mrkdwn`${number} running or waiting in ${project}`,
    blocks: [
      ...section(mrkdwn`*${number}* running or waiting in ${code(project)}`),
      ...(rows.length === 0 ? [] : [table(rows)]),
      ...pickList("Pick an instance", rows.flatMap(pick)),
      ...smallPrint([total > rows.length ? mrkdwn`The first ${rows.length} of ${total}` : nothing, dataAge(seenAt, context)]),
    ],
  };
};

/** "place 3 of 20", as far as the service told. */
const placeOf = ({ position, length }: QueueRow): Mrkdwn => {
  if (position === undefined) return nothing;
  return length === undefined ? mrkdwn`place ${position}` : mrkdwn`place ${position} of ${length}`;
};

const raw = (text: string): RawTextElement => ({ type: "raw_text", text: clip(oneLine(text), shown.cell) || " " });

const table = (rows: readonly QueueRow[]): TableBlock => ({
  type: "table",
  column_settings: [{ is_wrapped: true }, { align: "left" }, { align: "right" }],
  rows: [
    [raw("# Instance"), raw("Place"), raw("Done")],
    ...rows.slice(0, limits.tableRows - 1).map((row) => [raw(label(row)), raw(place(row)), raw(doneOf(row))]),
  ],
});

const label = ({ number, link }: QueueRow): string =>
  [number, shortId(link.instanceId)].filter((part) => part !== undefined).join(" ");
const place = ({ position, length, status: raw }: QueueRow): string =>
  position === undefined ? (raw ?? "-") : length === undefined ? `${position}` : `${position} of ${length}`;
const doneOf = ({ percent: done }: QueueRow): string => (done === undefined ? "-" : percent(done));

const pick = (row: QueueRow): ReturnType<typeof option> => {
  const words = [`#${row.number ?? ""}`, shortId(row.link.instanceId), place(row)];
  return option(words.join(" "), `queue:${row.link.ref}`);
};
