// A listing: three columns that fit a phone, and a menu to pick one.
import type { KnownBlock, RawTextElement, TableBlock } from "@slack/types";
import type { InstanceRow, InstancesView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { option, pickList, pickShown } from "../buttons.ts";
import { dataAge } from "../card.ts";
import { clip, takeWithin } from "../fit.ts";
import { count, elapsed, plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing, plainText, shortId } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";
import { type State, stateCell, stateOf, statusState } from "../state.ts";

/** Draws a list of instances; none is said in a sentence. */
export const drawInstances = (view: InstancesView, context: RenderContext): Sketch => {
  const { rows } = view;
  const number = plural(Math.max(view.total, rows.length), "instance");
  const found = view.cut === undefined ? mrkdwn`${number}` : mrkdwn`at least ${number}`;
  if (rows.length === 0) {
    return {
      text: mrkdwn`No instance in ${view.project}: ${view.filter}`,
      blocks: [
        ...section(mrkdwn`*No instance* in ${code(view.project)} · ${code(view.filter)}`),
        ...smallPrint([cutWords(view), dataAge(view.seenAt, context)]),
      ],
    };
  }
  const first = rows
    .slice(0, shown.detailedTasks)
    .map((row) => mrkdwn`#${row.number} ${shortId(row.link.instanceId)} ${stateOfRow(row).word}`);
  return {
    text: mrkdwn`${found} in ${view.project} (${view.filter}): ${join(first, ", ")}`,
    blocks: [
      ...section(mrkdwn`*${found}* in ${code(view.project)} · ${code(view.filter)}`),
      ...(view.showIds ? fullIds(rows) : [table(view)]),
      // What others were shown is not theirs to ask for: a list for everybody holds its own options.
      ...(context.audience === "private" ? pickShown("Pick an instance") : pickList("Pick an instance", rows.flatMap(pick))),
      ...smallPrint([shownOf(view), cutWords(view), dataAge(view.seenAt, context)]),
    ],
  };
};

const stateOfRow = ({ outcome, instance, tasks }: InstanceRow): State =>
  outcome === undefined ? statusState(instance.status) : stateOf(outcome, tasks);

const lastRow = limits.tableRows - 1;

const raw = (text: string): RawTextElement => ({ type: "raw_text", text: clip(text, shown.cell) });

const table = ({ rows, seenAt }: InstancesView): TableBlock => ({
  type: "table",
  column_settings: [{ is_wrapped: true }, { align: "left" }, { align: "right" }],
  rows: [
    [raw("# Instance"), raw("State"), raw("Age")],
    ...rows
      .slice(0, lastRow)
      .map((row) => [
        raw(`${row.number} ${shortId(row.link.instanceId)}`),
        stateCell(stateOfRow(row)),
        raw(elapsed(row.instance.startTime, seenAt)),
      ]),
  ],
});

const fullIds = (rows: readonly InstanceRow[]): KnownBlock[] => {
  const { taken, rest } = takeWithin(rows, shown.ids, (row) => row.link.instanceId.length + 1);
  return [
    ...preformatted(taken.map((row) => row.link.instanceId).join("\n"), shown.ids),
    ...(rest === 0 ? [] : section(mrkdwn`and ${plural(rest, "more id")}`)),
  ];
};

const pick = (row: InstanceRow) =>
  option(`#${row.number} ${shortId(row.link.instanceId)} ${stateOfRow(row).word}`, `status:${row.link.ref}`);

const shownOf = ({ rows, total, showIds }: InstancesView): Mrkdwn => {
  const drawn = showIds ? rows.length : Math.min(rows.length, lastRow);
  return total > drawn ? mrkdwn`The newest ${count(drawn)} of ${count(total)}` : nothing;
};

const cutWords = ({ cut }: InstancesView): Mrkdwn => (cut === undefined ? nothing : plainText(cut, shown.error));
