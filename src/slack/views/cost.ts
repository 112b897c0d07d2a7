// What an instance used. Money is never guessed: these are MaxCompute's own figures.
import type { CostRow, CostView } from "../../view/index.ts";
import { fields, section, context as smallPrint } from "../blocks.ts";
import { cost, instanceActions, logview, status } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { bytes, coreTime, count, memoryTime, plural } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, linesWithin, type Mrkdwn, mrkdwn, nothing, term } from "../mrkdwn.ts";
import { hasEnded, stateOf } from "../state.ts";

/**
 * Draws the sum, and a line a part when there are several. A figure nobody gave is "unknown", never zero, and one that not every part gave
 * is "at least".
 */
export const drawCost = (view: CostView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome);
  const total = totalOf(view);
  const isFinal = hasEnded("", view.outcome);
  return {
    text: mrkdwn`${term(state.word)} ${named(view.link)}: ${figures(total)}`,
    blocks: [
      ...head(state, view.link, undefined),
      ...fields([
        [isFinal ? "CPU" : "CPU so far", figure(total, "cpu", coreTime)],
        ["Memory", figure(total, "memory", memoryTime)],
        ["Read", figure(total, "input", bytes)],
      ]),
      ...(view.rows.length > 1 ? section(linesWithin(view.rows.map(line), shown.taskLines)) : []),
      ...(view.rows.every(isUnknown) ? section(mrkdwn`MaxCompute has told no cost of it${isFinal ? "" : " yet"}.`) : []),
      ...smallPrint(
        view.unasked > 0
          ? [mrkdwn`I looked at the first ${count(view.rows.length)} of ${plural(partsOf(view), "sub-instance")}`]
          : [],
      ),
      ...instanceActions(view.link, [{ ...cost, label: "Refresh" }, logview, status]),
      ...idContext(view.link, [dataAge(view.seenAt, context)]),
    ],
  };
};

type Figure = "cpu" | "memory" | "input";

/** One figure of all parts: how many of them told it, and whether that may be less than they used. */
type Sum = { readonly value: number | undefined; readonly known: number; readonly isPartial: boolean };
type Total = Readonly<Record<Figure, Sum>> & { readonly parts: number };

const partsOf = ({ rows, unasked }: CostView): number => rows.length + unasked;

const isUnknown = ({ cpu, memory, input }: CostRow): boolean => cpu === undefined && memory === undefined && input === undefined;

const totalOf = (view: CostView): Total => {
  const parts = partsOf(view);
  const sum = (figure: Figure): Sum => {
    const told = view.rows.flatMap((row) => row[figure] ?? []);
    const isPartial = told.length < parts || view.rows.some(({ partial = [] }) => partial.includes(figure));
    return { value: told.length === 0 ? undefined : told.reduce((all, value) => all + value, 0), known: told.length, isPartial };
  };
  return { cpu: sum("cpu"), memory: sum("memory"), input: sum("input"), parts };
};

const figure = (total: Total, name: Figure, write: (value: number) => string): Mrkdwn => {
  const { value, known, isPartial } = total[name];
  if (value === undefined) return mrkdwn`unknown`;
  if (!isPartial) return mrkdwn`${write(value)}`;
  return join([mrkdwn`at least ${write(value)}`, known < total.parts ? mrkdwn`${known} of ${total.parts} known` : nothing], ", ");
};

const figures = (sums: Readonly<Record<Figure, Pick<Sum, "value" | "isPartial">>>): Mrkdwn => {
  const one = ({ value, isPartial }: Pick<Sum, "value" | "isPartial">, write: (value: number) => string): Mrkdwn => {
    if (value === undefined) return nothing;
    return isPartial ? mrkdwn`at least ${write(value)}` : mrkdwn`${write(value)}`;
  };
  const known = [one(sums.cpu, coreTime), one(sums.memory, memoryTime), one(sums.input, (value) => `${bytes(value)} read`)];
  const words = join(known, ", ");
  return words.mrkdwn === "" ? mrkdwn`cost unknown` : words;
};

const line = (row: CostRow): Mrkdwn => {
  const of = (name: Figure) => ({ value: row[name], isPartial: row.partial?.includes(name) === true });
  return join([code(row.name), figures({ cpu: of("cpu"), memory: of("memory"), input: of("input") })], " · ");
};
