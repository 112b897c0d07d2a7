// The instances below an XFlow, one a section with its own Logview: an XFlow has none of its own that says anything.
import type { KnownBlock } from "@slack/types";
import type { SubInstanceRow, SubsView } from "../../view/index.ts";
import { section, sectionWith, context as smallPrint } from "../blocks.ts";
import { instanceActions, logview, sideButton, status, stop, subs } from "../buttons.ts";
import { dataAge, head, idContext, named } from "../card.ts";
import { count, elapsed, percent, plural } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mrkdwn, nothing, shortId, term } from "../mrkdwn.ts";
import { type State, stateOf, stateWord } from "../state.ts";

/** Draws the tree of an XFlow; one that has started none yet says so. */
export const drawSubs = (view: SubsView, context: RenderContext): Sketch => {
  const state = stateOf(view.outcome);
  const number = mrkdwn`${plural(view.rows.length + view.deeper, "sub-instance")}`;
  const counts = countsOf(view);
  return {
    text: mrkdwn`${term(state.word)} ${named(view.link)}: ${join([number, counts], ", ")}`,
    blocks: [
      ...head(state, view.link, view.status, join([number, counts], ": ")),
      ...(view.rows.length === 0 ? section(mrkdwn`It has started no sub-instance yet.`) : []),
      ...view.rows.slice(0, shown.subInstances).flatMap((row) => oneRow(row, view.seenAt)),
      ...smallPrint(leftOut(view)),
      ...instanceActions(view.link, [{ ...subs, label: "Refresh" }, status, ...(view.mayStop ? [stop] : [])]),
      ...idContext(view.link, [dataAge(view.seenAt, context)]),
    ],
  };
};

const stateOfRow = ({ state }: SubInstanceRow): State =>
  state === undefined ? stateOf("unknown") : stateOf(state.outcome, state.tasks);

const oneRow = (row: SubInstanceRow, seenAt: number): KnownBlock[] => {
  const { state } = row;
  const done = state?.percent === undefined || state.outcome !== "running" ? nothing : mrkdwn`${percent(state.percent)}`;
  const time = state?.startTime === undefined ? nothing : mrkdwn`${elapsed(state.startTime, state.endTime ?? seenAt)}`;
  const words = join([mrkdwn`${stateWord(stateOfRow(row))}  ${nameOf(row)}`, done, time], " · ");
  return sectionWith(mrkdwn`${words}\n${code(row.link.instanceId)}`, sideButton(row.link, logview, shortId(row.link.instanceId)));
};

/** The way to it from the root: `loop › train`. */
export const nameOf = ({ path, name }: Pick<SubInstanceRow, "path" | "name">): Mrkdwn =>
  code([...path.slice(-3), name].join(" › "));

/** "4 SUCCESS, 1 RUNNING, 20 not looked at": how many are in which state, in the order they are met; no state is made up. */
const countsOf = ({ rows }: SubsView): Mrkdwn => {
  const counts = new Map<string, number>();
  const lookedAt = rows.filter(({ state }) => state !== undefined);
  for (const row of lookedAt) counts.set(stateOfRow(row).word, (counts.get(stateOfRow(row).word) ?? 0) + 1);
  const others = rows.length - lookedAt.length;
  return join(
    [
      ...[...counts].slice(0, shown.detailedTasks).map(([word, times]) => mrkdwn`${times} ${term(word)}`),
      others > 0 ? mrkdwn`${count(others)} not looked at` : nothing,
    ],
    ", ",
  );
};

const leftOut = ({ rows, deeper }: SubsView): readonly Mrkdwn[] => {
  const more = rows.length - shown.subInstances;
  return [
    more > 0 ? mrkdwn`and ${plural(more, "more sub-instance")}` : nothing,
    deeper > 0 ? mrkdwn`${plural(deeper, "more sub-instance")} deeper down: ${code("--depth")} shows them` : nothing,
  ];
};
