// The card of a watched instance: one post in the channel, edited in place until the instance has ended. Everybody reads it, so nothing
// in it is anybody's own; and it mentions nobody, for it changes too often.
import type { ActionsBlock, KnownBlock } from "@slack/types";
import type { Counts, Face, Watch } from "../../watch/index.ts";
import { fields, section } from "../blocks.ts";
import {
  ack,
  cost,
  instanceActions,
  logview,
  mute,
  progress,
  result,
  snooze,
  status,
  stop,
  subs,
  tasks,
  unwatch,
  why,
} from "../buttons.ts";
import { idContext } from "../card.ts";
import { count, duration, percent, plural, progressBar } from "../format.ts";
import type { Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mention, mrkdwn, nothing, shortId, term } from "../mrkdwn.ts";
import { quote } from "../rich-text.ts";
import { type State, stateWord, watchState } from "../state.ts";
import {
  failureBlocks,
  failureLine,
  forecastWords,
  inBlocks,
  inText,
  nameOf,
  noEffect,
  repeated,
  span,
  streakWords,
  type Telling,
  titled,
  type When,
  withRepeat,
} from "./watch-words.ts";

const over: ReadonlySet<Face["word"]> = new Set(["SUCCESS", "FAILED", "CANCELLED", "UNKNOWN", "GONE"]);

/** Draws what `face` says; `at` is when it was true, epoch ms. */
export const drawWatchCard = (telling: Telling, face: Face, at: number): Sketch => {
  const { watch, link } = telling;
  // A number that nobody could look up again is not shown as a live one.
  const state: State = face.silentSince === undefined ? watchState(face.word) : watchState("UNKNOWN");
  const facts = join([mrkdwn`${titled(watch)}`, textFacts(telling, face, at)], ": ");
  return {
    text: withRepeat(mrkdwn`${term(state.word)} ${facts}`, telling),
    blocks: [
      ...head(telling, state, face),
      ...fields(over.has(face.word) ? endFacts(watch, face, at) : runningFacts(watch, face, at)),
      ...explanation(telling, face),
      ...stopBlocks(face),
      ...buttons(telling, face),
      ...idContext(link, [age(face, at), every(face), snoozeWords(face), ackWords(face), repeated(telling)]),
    ],
  };
};

const head = ({ watch }: Telling, state: State, { word, silentSince, streak }: Face): KnownBlock[] => {
  const silent = silentSince === undefined ? nothing : mrkdwn`was ${word}, MaxCompute silent since ${inBlocks(silentSince)}`;
  const name = nameOf(watch);
  const id = shortId(watch.instanceId);
  const second = [code(watch.project), name === id ? nothing : code(id), silent, streakWords(streak, inBlocks)];
  return section(mrkdwn`${stateWord(state)}  ${code(name)}\n${join(second, " · ")}`);
};

/** What a notification says behind the name, the most important first. */
const textFacts = ({ watch, showsErrors }: Telling, face: Face, at: number): Mrkdwn => {
  const { silentSince, word, percent: done, stage, forecast, subs: counts, position, stuckSince, failure, streak } = face;
  return join(
    [
      silentSince === undefined ? nothing : mrkdwn`MaxCompute silent since ${inText(silentSince)}, was ${word}`,
      face.isUnstopped === true ? noEffect : nothing,
      done === undefined ? nothing : mrkdwn`${percent(done)}`,
      over.has(word) ? took(watch, at) : nothing,
      stage === undefined ? nothing : mrkdwn`at ${stage}`,
      counts === undefined ? nothing : countWords(counts),
      position === undefined ? nothing : mrkdwn`place ${position} in the queue`,
      stuckSince === undefined ? nothing : mrkdwn`no records since ${inText(stuckSince)}`,
      forecast === undefined ? nothing : mrkdwn`ends ${forecastWords(forecast, inText)}`,
      face.deadline === undefined || face.by === undefined ? nothing : mrkdwn`deadline ${deadlineWords(face, inText)}`,
      failureLine(failure, showsErrors),
      streakWords(streak, inText),
    ],
    ", ",
  );
};

type Fact = readonly [name: string, value: Mrkdwn];
const fact = (name: string, value: Mrkdwn): Fact[] => (value.mrkdwn === "" ? [] : [[name, value]]);

const runningFacts = (watch: Watch, face: Face, at: number): readonly Fact[] => {
  const { percent: done, stage, workers, subs: counts, position, forecast, stuckSince, silentSince } = face;
  const started = watch.seen?.startTime;
  const crew = workers === undefined ? nothing : mrkdwn`${plural(workers, "worker")}`;
  return [
    ...fact("Progress", done === undefined ? nothing : mrkdwn`${progressBar(done)}`),
    ...fact("Ends", forecast === undefined ? nothing : forecastWords(forecast, inBlocks)),
    ...fact("Deadline", deadlineWords(face, inBlocks)),
    ...fact("Standstill", stuckSince === undefined ? nothing : mrkdwn`no records moved since ${inBlocks(stuckSince)}`),
    ...fact(counts === undefined ? "Stage" : "Part", stage === undefined ? nothing : join([code(stage), crew], " · ")),
    ...fact("Parts", counts === undefined ? nothing : countWords(counts)),
    ...fact("Queue", position === undefined ? nothing : mrkdwn`place ${count(position)}`),
    ...fact("Elapsed", started === undefined ? nothing : mrkdwn`${duration((silentSince ?? at) - started)}`),
    ...fact("Started", started === undefined ? nothing : inBlocks(started)),
  ];
};

const endFacts = (watch: Watch, face: Face, at: number): readonly Fact[] => [
  ...fact("Took", took(watch, at)),
  ...fact("Deadline", deadlineWords(face, inBlocks)),
  ...fact("Parts", face.subs === undefined ? nothing : countWords(face.subs)),
  ...fact("Ended", watch.seen?.endTime === undefined ? nothing : inBlocks(watch.seen.endTime)),
];

const took = ({ seen }: Watch, at: number): Mrkdwn =>
  seen?.startTime === undefined ? nothing : mrkdwn`${duration((seen.endTime ?? at) - seen.startTime)}`;

/** "4 done, 1 running, 2 waiting": how the parts of an XFlow are; what none is, is left out. */
const countWords = ({ done, running, waiting, failed }: Counts): Mrkdwn => {
  const states = [
    [failed, "failed"],
    [running, "running"],
    [waiting, "waiting"],
    [done, "done"],
  ] as const;
  const words = join(
    states.map(([number, word]) => (number > 0 ? mrkdwn`${count(number)} ${word}` : nothing)),
    ", ",
  );
  return words.mrkdwn === "" ? mrkdwn`none started yet` : words;
};

const deadlineWords = ({ by, deadline }: Face, when: When): Mrkdwn => {
  if (by === undefined || deadline === undefined) return nothing;
  const word = deadline === "late" || deadline === "missed" ? mrkdwn`*${deadline}*` : mrkdwn`${deadline}`;
  return mrkdwn`${when(by)}, ${word}`;
};

const explanation = ({ showsErrors }: Telling, { word, failure }: Face): KnownBlock[] => {
  switch (word) {
    case "FAILED":
      return failureBlocks(failure, showsErrors);
    case "SUSPENDED":
      return section(mrkdwn`MaxCompute has put it on hold; it has not ended.`);
    case "CANCELLED":
      return section(mrkdwn`It was stopped before its end. Output so far may be incomplete.`);
    case "UNKNOWN":
      return section(mrkdwn`Whether it succeeded is not known: MaxCompute tells no end of its tasks. Open Logview to see more.`);
    case "FORBIDDEN":
      return section(mrkdwn`MaxCompute does not show it to me any more. I go on asking.`);
    case "GONE":
      return section(mrkdwn`MaxCompute no longer knows this instance. This watch has ended.`);
    default:
      return [];
  }
};

/** Who stopped it and why, and what became of that: this edit is nobody's call to act. */
const stopBlocks = ({ word, stop: stopped, isUnstopped }: Face): KnownBlock[] => {
  if (stopped === undefined) return [];
  const { by, at, reason, approvedBy } = stopped;
  const approved = approvedBy === undefined ? nothing : mrkdwn`, approved by ${mention(approvedBy)}`;
  const who = mrkdwn`asked for by ${mention(by)} ${inBlocks(at)}${approved}`;
  const became =
    word === "CANCELLED"
      ? mrkdwn`Its stop was ${who}; MaxCompute confirms it.`
      : isUnstopped === true
        ? mrkdwn`:warning: *The ${noEffect}.* It was ${who}. Stop it again; if that does not help, ask whoever runs the project.`
        : mrkdwn`Its stop was ${who}. MaxCompute has not ended it yet.`;
  return [...section(became), ...(reason === undefined ? [] : quote(reason))];
};

const buttons = ({ watch, link }: Telling, { word, subs: counts, acked }: Face): ActionsBlock[] => {
  const parts = watch.seen?.isXflow === true || counts !== undefined ? subs : tasks;
  switch (word) {
    case "SUCCESS":
      return instanceActions(link, [result, logview, cost], [status, parts, progress]);
    case "FAILED":
      return acked === undefined
        ? instanceActions(link, [ack, logview, mute], [why, status, parts, cost])
        : instanceActions(link, [logview, mute, why], [status, parts, cost]);
    case "CANCELLED":
    case "UNKNOWN":
      return instanceActions(link, [logview, why, status], [parts, cost]);
    case "GONE":
      return instanceActions(link, [status]);
    case "STOPPING":
      return instanceActions(link, [{ ...status, label: "Refresh" }, logview], [parts, snooze, mute, unwatch]);
    default:
      // It shows the newest state to whoever presses; the card itself is kept true by the watch.
      return instanceActions(
        link,
        [{ ...status, label: "Refresh" }, logview, stop],
        [{ ...why, label: "Why slow?" }, parts, snooze, mute, unwatch],
      );
  }
};

const age = ({ silentSince }: Face, at: number): Mrkdwn =>
  silentSince === undefined ? mrkdwn`Updated ${inBlocks(at)}` : mrkdwn`All of this is from ${inBlocks(silentSince)}`;

const every = ({ every: ms }: Face): Mrkdwn => (ms === undefined ? nothing : mrkdwn`every ${span(ms)}`);

const snoozeWords = ({ snoozedUntil }: Face): Mrkdwn =>
  snoozedUntil === undefined ? nothing : mrkdwn`Snoozed until ${inBlocks(snoozedUntil)}: only its end is told`;

const ackWords = ({ acked }: Face): Mrkdwn =>
  acked === undefined ? nothing : mrkdwn`Acked by ${mention(acked.by)} ${inBlocks(acked.at)}`;
