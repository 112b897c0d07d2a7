// Many things in one post: what came at once, what was held back while it was quiet, what a day brought.
import type { KnownBlock, PlainTextOption } from "@slack/types";
import type { InstanceLink } from "../../view/index.ts";
import type { Held, Summary } from "../../watch/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { option, pickList } from "../buttons.ts";
import { count, duration, plural } from "../format.ts";
import { limits } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, type Mrkdwn, mrkdwn, nothing, shortId } from "../mrkdwn.ts";
import { type State, stateOf, stateWord, taskState } from "../state.ts";
import { failureLine, repeated, withRepeat } from "./watch-words.ts";

/** What a summary names: an instance each, however much was held of it, and the last word of it. */
export type Named = { readonly held: Held; readonly link: InstanceLink };

const reasons: Readonly<Record<Held["why"], string>> = {
  fold: "at once",
  quiet: "while it was quiet here",
  digest: "in this digest",
};

/** The last word of each instance, those that failed first. As many as a menu holds are named by a reference. */
export const instancesIn = ({ held }: Pick<Summary, "held">): readonly Held[] => {
  const last = new Map(held.map((each) => [`${each.project}/${each.instanceId}`, each]));
  const rank = (each: Held): number => (stateOfHeld(each).word === "FAILED" ? 0 : 1);
  return [...last.values()].sort((a, b) => rank(a) - rank(b));
};

/** Draws counts, a line an instance as far as they fit, and a menu. */
export const drawSummary = (instances: readonly Named[], isPerhapsRepeated: boolean, showsErrors: boolean): Sketch => {
  const mark = { isPerhapsRepeated };
  const all = instances.map(({ held }) => held);
  const number = mrkdwn`${plural(instances.length, "instance")}`;
  const why = join(
    [...new Set(all.map((each) => reasons[each.why]))].map((words) => mrkdwn`${words}`),
    " and ",
  );
  const counts = countsOf(all);
  return {
    text: withRepeat(mrkdwn`SUMMARY ${number} ${why}: ${counts}`, mark),
    blocks: [
      ...section(mrkdwn`:card_index_dividers: *${number}* ${why} · ${counts}`),
      ...lines(all, showsErrors),
      ...pickList("Pick an instance", instances.flatMap(pick)),
      ...smallPrint([repeated(mark)]),
    ],
  };
};

const words: ReadonlyMap<string, string> = new Map([
  ["queued", "WAITING"],
  ["missing", "GONE"],
  ["late", "LATE"],
  ["deadline", "MISSED"],
  ["stuck", "STUCK"],
  ["slow", "SLOW"],
  ["unstopped", "STILL RUNNING"],
]);

const stateOfHeld = ({ announcement }: Held): State => {
  if (announcement.kind === "finished") return stateOf(announcement.outcome);
  return taskState(words.get(announcement.kind) ?? "RUNNING");
};

/** "190 SUCCESS, 3 FAILED", in the order they are met. */
const countsOf = (all: readonly Held[]): Mrkdwn => {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(stateOfHeld(each).word, (counts.get(stateOfHeld(each).word) ?? 0) + 1);
  return join(
    [...counts].map(([word, times]) => mrkdwn`${count(times)} ${word}`),
    ", ",
  );
};

const nameOfHeld = ({ jobName = "", instanceId }: Held): string => (jobName.trim() === "" ? shortId(instanceId) : jobName);

const lines = (all: readonly Held[], showsErrors: boolean): KnownBlock[] => {
  const isOneProject = new Set(all.map(({ project }) => project)).size === 1;
  return section(
    linesWithin(
      all.map((each) => {
        const { announcement, project } = each;
        const where = isOneProject ? nothing : code(project);
        return join(
          [mrkdwn`${stateWord(stateOfHeld(each))} ${code(nameOfHeld(each))}`, where, ...details(announcement, showsErrors)],
          " · ",
        );
      }),
      limits.sectionText,
    ),
  );
};

const details = (announcement: Held["announcement"], showsErrors: boolean): readonly Mrkdwn[] => {
  if (announcement.kind !== "finished") return [];
  const { startTime, endTime, at, failure } = announcement;
  const time = startTime === undefined ? nothing : mrkdwn`${duration((endTime ?? at) - startTime)}`;
  return [time, failureLine(failure, showsErrors)];
};

const pick = ({ held, link }: Named): readonly PlainTextOption[] =>
  option(`${shortId(link.instanceId)} ${stateOfHeld(held).word}`, `status:${link.ref}`);
