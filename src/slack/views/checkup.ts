// A check-up of the bot: what is broken first, each with its fix; all that is well in one line.
import type { CheckupView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { dataAge } from "../card.ts";
import { takeWithin } from "../fit.ts";
import { duration, plural } from "../format.ts";
import { shown } from "../limits.ts";
import type { RenderContext, Sketch } from "../message.ts";
import { join, type Mrkdwn, mrkdwn, nothing, sentences } from "../mrkdwn.ts";
import { type State, signOf } from "../state.ts";

type Row = CheckupView["findings"][number];
type Sick = Exclude<Row, { readonly state: "ok" }>;

const states: Readonly<Record<Sick["state"], State>> = {
  broken: { word: "BROKEN", emoji: "x" },
  warning: { word: "WARNING", emoji: "warning" },
  unclear: { word: "NOT CHECKED", emoji: "grey_question" },
};
const worstFirst = ["broken", "warning", "unclear"] as const;

export const drawCheckup = ({ findings, tookMs, seenAt }: CheckupView, context: RenderContext): Sketch => {
  const sick = worstFirst.flatMap((state) => findings.filter((row): row is Sick => row.state === state));
  const well = findings.filter(({ state }) => state === "ok");
  const lines = sick.slice(0, shown.checks).map(line);
  const { taken } = takeWithin(lines, shown.checkLines, ({ mrkdwn: text }) => text.length);
  const left = sick.length - taken.length;
  return {
    text: join([verdict(sick, well.length), join(sick.slice(0, shown.detailedTasks).map(spoken), "; ")], ": "),
    blocks: [
      ...section(mrkdwn`*${verdict(sick, well.length)}*`),
      ...taken.flatMap(section),
      ...(left > 0 ? section(mrkdwn`and ${plural(left, "more check")}`) : []),
      ...section(folded(well)),
      ...smallPrint([join(well.map(seenOf), " · ")]),
      ...smallPrint([mrkdwn`Checked in ${duration(tookMs)}`, dataAge(seenAt, context)]),
    ],
  };
};

/** "1 broken, 2 not checked, 9 ok". */
const verdict = (sick: readonly Sick[], well: number): Mrkdwn => {
  const counts = worstFirst.map((state) => [sick.filter((row) => row.state === state).length, states[state].word] as const);
  const some = [...counts, [well, "ok"] as const].filter(([count]) => count > 0);
  if (some.length === 0) return mrkdwn`Nothing was checked`;
  return join(
    some.map(([count, word]) => mrkdwn`${count} ${word.toLowerCase()}`),
    ", ",
  );
};

const spoken = ({ name, seen }: Sick): Mrkdwn => mrkdwn`${name}: ${seen}`;

const line = ({ name, state, seen, fix }: Sick): Mrkdwn => {
  const { word, emoji } = states[state];
  const what = mrkdwn`*${word}*  *${name}*  ${sentences(seen, shown.error)}`;
  return join([join([signOf(emoji), what], " "), mrkdwn`→ ${sentences(fix, shown.error)}`], "\n");
};

/** On one line, so that what is wrong stays on the screen of a phone. */
const folded = (well: readonly Row[]): Mrkdwn =>
  well.length === 0
    ? nothing
    : mrkdwn`:white_check_mark: *OK*  ${join(
        well.map(({ name }) => mrkdwn`${name}`),
        ", ",
      )}`;

const seenOf = ({ name, seen }: Row): Mrkdwn => mrkdwn`${name}: ${sentences(seen, shown.error)}`;
