// What is told in the thread of a card: one line each, but for a failure, which says what to do.
import type { KnownBlock } from "@slack/types";
import type { Announcement } from "../../watch/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { ack, instanceActions, logview, mute, stop } from "../buttons.ts";
import { count, duration, percent } from "../format.ts";
import { shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, type Mrkdwn, mention, mrkdwn, nothing } from "../mrkdwn.ts";
import { signOf, stateOf } from "../state.ts";
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

/** What can be a reply: the rest is the card itself, or for the owner alone. */
export type Reply = Exclude<Announcement, { readonly kind: "opened" | "card" }>;
type Finished = Extract<Reply, { kind: "finished" }>;
type Line = { readonly emoji: string; readonly words: (when: When) => Mrkdwn };

/** Draws a reply. An end begins with its state, so that a notification does. */
export const drawReply = (telling: Telling, reply: Reply): Sketch =>
  reply.kind === "finished" ? drawFinished(telling, reply) : drawLine(telling, reply);

const drawLine = (telling: Telling, reply: Exclude<Reply, Finished>): Sketch => {
  const { emoji, words } = lineOf(reply);
  const line = mrkdwn`${signOf(emoji)} ${words(inBlocks)}`;
  // What somebody may have to act on is not small print.
  const isLoud = loud.has(reply.kind);
  const beside = [inBlocks(reply.at), repeated(telling)];
  return {
    text: withRepeat(mrkdwn`${isLoud ? titled(telling.watch) : nameOf(telling.watch)}: ${words(inText)}`, telling),
    blocks: isLoud
      ? [
          ...section(mrkdwn`${line}\n${join([code(nameOf(telling.watch)), ...beside], " · ")}`),
          ...(reply.kind === "unstopped" ? instanceActions(telling.link, [stop, logview]) : []),
        ]
      : smallPrint([join([line, ...beside], " · ")]),
  };
};

const loud: ReadonlySet<Reply["kind"]> = new Set<Reply["kind"]>(["late", "deadline", "stuck", "slow", "unstopped", "missing"]);

const names = (all: readonly string[], end: string): Mrkdwn => {
  if (all.length === 0) return nothing;
  const first = all.slice(0, shown.detailedTasks).map((name) => code(name));
  const rest = all.length - first.length;
  return mrkdwn`${join([...first, rest > 0 ? mrkdwn`${count(rest)} more` : nothing], ", ")} ${end}`;
};

const lineOf = (reply: Exclude<Reply, Finished>): Line => {
  switch (reply.kind) {
    case "queued": {
      const { waitedMs, position, length } = reply;
      const of = length === undefined ? nothing : mrkdwn` of ${count(length)}`;
      const place = position === undefined ? nothing : mrkdwn`, place ${count(position)}${of} in the queue`;
      return { emoji: "hourglass_flowing_sand", words: () => mrkdwn`Waits for ${span(waitedMs)} now${place}` };
    }
    case "started":
      return { emoji: "arrow_forward", words: () => mrkdwn`Started after waiting for ${span(reply.waitedMs)}` };
    case "milestone": {
      const { forecast } = reply;
      const end = (when: When) => (forecast === undefined ? nothing : mrkdwn`, ends ${forecastWords(forecast, when)}`);
      return { emoji: "arrow_forward", words: (when) => mrkdwn`*${percent(reply.percent)}* done${end(when)}` };
    }
    case "stage":
      return { emoji: reply.failed.length > 0 ? "warning" : "arrow_forward", words: () => stageWords(reply) };
    case "retried":
      return {
        emoji: "repeat",
        words: () => mrkdwn`Task ${code(reply.task)} failed and runs again (run ${count(reply.attempt)})`,
      };
    case "late":
      return {
        emoji: "warning",
        words: (when) =>
          mrkdwn`*LATE* It will probably miss its deadline ${when(reply.by)}: it ends ${forecastWords(reply.forecast, when)}`,
      };
    case "deadline": {
      const { by, percent: done, endedAt } = reply;
      const state = (when: When) => {
        if (endedAt !== undefined) return mrkdwn`It ended ${when(endedAt)}, ${span(endedAt - by)} late`;
        return done === undefined ? mrkdwn`It has not ended` : mrkdwn`It is at ${percent(done)}`;
      };
      return { emoji: "alarm_clock", words: (when) => mrkdwn`*MISSED* its deadline ${when(by)}. ${state(when)}` };
    }
    case "stuck": {
      const { since, stage, at } = reply;
      const where = stage === undefined ? nothing : mrkdwn` in ${code(stage)}`;
      return {
        emoji: "warning",
        words: (when) => mrkdwn`*STUCK* No records have moved${where} for ${span(at - since)}, since ${when(since)}`,
      };
    }
    case "slow":
      return {
        emoji: "warning",
        words: () =>
          mrkdwn`*SLOW* It has run for ${span(reply.runningMs)}; 9 of 10 earlier runs took at most ${span(reply.p90Ms)}`,
      };
    case "unstopped":
      return {
        emoji: "warning",
        words: () =>
          mrkdwn`*STILL RUNNING* The ${noEffect}: MaxCompute runs it on. Stop it again; if that does not help, ask whoever runs the project. ${mention(reply.mention)}`,
      };
    case "capped":
      return { emoji: "speech_balloon", words: () => mrkdwn`Further progress is in the card alone` };
    case "missing":
      return {
        emoji: "grey_question",
        words: (when) => mrkdwn`*GONE* MaxCompute has not known it since ${when(reply.since)}. This watch has ended`,
      };
    case "forbidden":
      return { emoji: "no_entry", words: () => mrkdwn`*FORBIDDEN* MaxCompute does not show it to me any more: ${reply.reason}` };
    case "permitted":
      return { emoji: "arrow_forward", words: () => mrkdwn`MaxCompute shows it to me again` };
    case "channel-gone":
      return { emoji: "no_entry", words: () => mrkdwn`I can no longer post in its channel. This watch has ended` };
    default:
      return reply satisfies never;
  }
};

const stageWords = ({ done, failed, started, percent: all }: Extract<Reply, { kind: "stage" }>): Mrkdwn => {
  const begun = started.map(({ name, workers }) => (workers === undefined ? name : `${name} (${count(workers)} workers)`));
  const share = all === undefined ? nothing : mrkdwn`${percent(all)}`;
  return join([join([names(failed, "failed"), names(done, "done"), names(begun, "started")], ", "), share], " · ");
};

const drawFinished = (telling: Telling, reply: Finished): Sketch => {
  const { watch, link, showsErrors } = telling;
  const { outcome, startTime, endTime, at, failure, streak, by, mention: who } = reply;
  const state = stateOf(outcome);
  const time = startTime === undefined ? nothing : mrkdwn`after ${duration((endTime ?? at) - startTime)}`;
  const isMissed = by !== undefined && (endTime ?? at) > by;
  const deadline = by === undefined ? nothing : mrkdwn`deadline ${isMissed ? mrkdwn`*missed*` : "met"}`;
  const called = who === undefined ? nothing : mention(who);
  const hasFailed = outcome === "failed";
  const facts = (when: When) => join([time, deadline, streakWords(streak, when)], " · ");
  const line = mrkdwn`${signOf(state.emoji)} *${state.word}*  ${code(nameOf(watch))} ${facts(inBlocks)}`;
  const help: KnownBlock[] = hasFailed
    ? [...failureBlocks(failure, showsErrors), ...instanceActions(link, [ack, logview, mute])]
    : [];
  return {
    text: withRepeat(
      join(
        [
          join([mrkdwn`${state.word} ${titled(watch)}`, time, deadline], ", "),
          hasFailed ? failureLine(failure, showsErrors) : nothing,
          streakWords(streak, inText),
          called,
        ],
        ". ",
      ),
      telling,
    ),
    blocks: [...section(join([line, called], " ")), ...help, ...smallPrint([repeated(telling)])],
  };
};
