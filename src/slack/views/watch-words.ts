// Words that the card of a watch, its thread and its owner read alike.
import type { KnownBlock } from "@slack/types";
import { withoutTokens } from "../../commands/text.ts";
import type { InstanceLink } from "../../view/index.ts";
import type { Failure, Forecast, Streak, Watch } from "../../watch/index.ts";
import { stopTakesMs } from "../../watch/index.ts";
import { section } from "../blocks.ts";
import { oneLine } from "../clean.ts";
import { clockTime, duration, ordinal } from "../format.ts";
import { shown } from "../limits.ts";
import { code, date, join, type Mrkdwn, mrkdwn, nothing, plainText, sentences, shortId } from "../mrkdwn.ts";
import { preformatted } from "../rich-text.ts";

/** What is told of a watch: where its buttons point, and how much its channel may read. */
export type Telling = {
  readonly watch: Watch;
  readonly link: InstanceLink;
  /** The service's own words about a failure may stand here. */
  readonly showsErrors: boolean;
  /** An earlier try may have been seen: its answer was lost. */
  readonly isPerhapsRepeated: boolean;
};

/** How a moment (epoch ms) is written: in the reader's zone in blocks, in UTC in the text that notifications show. */
export type When = (epochMs: number) => Mrkdwn;
export const inBlocks: When = (epochMs) => date(epochMs, "{date_short_pretty} {time}", clockTime(epochMs));
export const inText: When = (epochMs) => mrkdwn`${clockTime(epochMs)}`;

/** "5 m", "1 h 20 m": a duration without the part that is zero. */
export const span = (ms: number): string => duration(ms).replace(/ 0 [hms]$/, "");

/** What people call it: the job's name where there is one, else the end of the id. */
export const nameOf = ({ seen, instanceId }: Watch): string => {
  const name = seen?.jobName?.trim() ?? "";
  return name === "" ? shortId(instanceId) : name;
};

/** "etl_orders in demo_project". */
export const titled = (watch: Watch): Mrkdwn => mrkdwn`${nameOf(watch)} in ${watch.project}`;

/** What a stop turned out to be. */
export const noEffect: Mrkdwn = mrkdwn`stop did not take effect after ${stopTakesMs / 1_000} s`;

/** An interval, never one moment: nobody knows when it ends. */
export const forecastWords = ({ from, likely, to }: Forecast, when: When): Mrkdwn =>
  mrkdwn`between ${when(from)} and ${when(to)}, most likely ${when(likely)}`;

/** "3rd failure in a row, last OK 21 Nov". */
export const streakWords = (streak: Streak | undefined, when: When): Mrkdwn => {
  if (streak === undefined) return nothing;
  const { failuresInRow, sameError, lastOkAt } = streak;
  const isSeries = failuresInRow > 1;
  const row = isSeries ? mrkdwn`${ordinal(failuresInRow)} failure in a row` : nothing;
  const same = isSeries && sameError > 1 ? mrkdwn`${sameError === failuresInRow ? "all" : sameError} with this error` : nothing;
  return join([row, same, lastOkAt === undefined ? nothing : mrkdwn`last OK ${when(lastOkAt)}`], ", ");
};

/** The error in a line: its code, and what is wrong in our words or, where they may be read, the service's. */
export const failureLine = (failure: Failure | undefined, showsErrors: boolean): Mrkdwn => {
  if (failure === undefined) return nothing;
  const { code: errorCode, cause, message } = failure;
  const words = withoutTokens(cause ?? (showsErrors ? message : ""));
  const told = words === "" || errorCode === undefined || words.startsWith(errorCode) ? words : `${errorCode}: ${words}`;
  // It stands between other words: its own full stop would be one too many.
  return plainText(oneLine(told === "" ? (errorCode ?? "") : told).replace(/\.$/, ""), shown.error);
};

/** Cause, next step and the service's words, clipped. A channel gets no link that opens a Logview, wherever it came from. */
export const failureBlocks = (failure: Failure | undefined, showsErrors: boolean): KnownBlock[] => {
  if (failure === undefined) return section(mrkdwn`*Next* Open Logview to see where it failed.`);
  const { taskName, code: errorCode, cause = "", next = "", message } = failure;
  const what = cause === "" ? nothing : mrkdwn`*Likely cause* ${sentences(withoutTokens(cause), shown.prose)}`;
  const then = sentences(next === "" ? "Open Logview to see where it failed." : next, shown.prose);
  const where = [
    taskName === "" ? nothing : mrkdwn`*Task* ${code(taskName)}`,
    errorCode === undefined ? nothing : code(errorCode),
  ];
  return [
    ...section(join([what, mrkdwn`*Next* ${then}`, join(where, " · ")], "\n")),
    ...(showsErrors ? preformatted(withoutTokens(message), shown.error) : []),
  ];
};

/** The mark of what may have been told before; nothing for what certainly was not. */
export const repeated = ({ isPerhapsRepeated }: Pick<Telling, "isPerhapsRepeated">): Mrkdwn =>
  isPerhapsRepeated ? mrkdwn`I may have told this before` : nothing;

/** The same as a sentence of the text beside the blocks. */
export const withRepeat = (text: Mrkdwn, telling: Pick<Telling, "isPerhapsRepeated">): Mrkdwn =>
  join([text, repeated(telling)], ". ");
