// What an instance used. Money is never guessed: these are MaxCompute's own figures.
import type { CostRow, CostView } from "../../view.ts";
import { fields, section } from "../blocks.ts";
import { cost, instanceActions, logview, status } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { bytes, coreTime, memoryTime } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, linesWithin, type Mrkdwn, mrkdwn, nothing, term } from "../mrkdwn.ts";
import { hasEnded, stateOf } from "../state.ts";

/** Draws the sum, and a line a part when there are several. A figure nobody gave is "unknown", never zero. */
export const drawCost = (view: CostView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome);
  const total = sumOf(view.rows);
  const isFinal = hasEnded("", view.outcome);
  return {
    text: mrkdwn`${term(state.word)} ${named(view.link)}: ${figures(total)}`,
    blocks: [
      ...head(state, view.link, undefined),
      ...fields([
        [isFinal ? "CPU" : "CPU so far", figure(total.cpu, coreTime)],
        ["Memory", figure(total.memory, memoryTime)],
        ["Read", figure(total.input, bytes)],
      ]),
      ...(view.rows.length > 1 ? section(linesWithin(view.rows.map(line), shown.taskLines)) : []),
      ...(view.rows.every(isUnknown) ? section(mrkdwn`MaxCompute has told no cost of it${isFinal ? "" : " yet"}.`) : []),
      ...instanceActions(view.link, [{ ...cost, label: "Refresh" }, logview, status]),
      ...idContext(view.link, [dataAge(view.seenAt, context)]),
    ],
  };
};

type Figures = Omit<CostRow, "name">;

const isUnknown = ({ cpu, memory, input }: Figures): boolean => cpu === undefined && memory === undefined && input === undefined;

const sum = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((all, value) => all + value, 0);
};

const sumOf = (rows: readonly CostRow[]): { readonly [figure in keyof Figures]: number | undefined } => ({
  cpu: sum(rows.map(({ cpu }) => cpu)),
  memory: sum(rows.map(({ memory }) => memory)),
  input: sum(rows.map(({ input }) => input)),
});

const figure = (value: number | undefined, write: (value: number) => string): Mrkdwn =>
  value === undefined ? mrkdwn`unknown` : mrkdwn`${write(value)}`;

const figures = ({ cpu, memory, input }: { readonly [figure in keyof Figures]: number | undefined }): Mrkdwn => {
  const known = [
    cpu === undefined ? nothing : mrkdwn`${coreTime(cpu)}`,
    memory === undefined ? nothing : mrkdwn`${memoryTime(memory)}`,
    input === undefined ? nothing : mrkdwn`${bytes(input)} read`,
  ];
  const words = join(known, ", ");
  return words.mrkdwn === "" ? mrkdwn`cost unknown` : words;
};

const line = (row: CostRow): Mrkdwn => join([code(row.name), figures(row as Required<CostRow>)], " · ");
