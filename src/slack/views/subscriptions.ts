// What a channel hears of projects without naming an instance.
import type { SubscriptionsView } from "../../view/index.ts";
import { section, context as smallPrint } from "../blocks.ts";
import { oneLine } from "../clean.ts";
import { plural } from "../format.ts";
import { limits, shown } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, type Mrkdwn, mention, mrkdwn, nothing, plainText } from "../mrkdwn.ts";

/** Draws a line a subscription, with the id that ends it. */
export const drawSubscriptions = ({ rows, quiet }: SubscriptionsView): Sketch => {
  const number = rows.length === 0 ? mrkdwn`No subscription` : mrkdwn`${plural(rows.length, "subscription")}`;
  const first = rows.slice(0, shown.detailedTasks).map(({ project, on }) => mrkdwn`${project} on ${wordsOf(on)}`);
  return {
    text: join([mrkdwn`${number} in this channel`, join(first, "; ")], ": "),
    blocks: [
      ...section(mrkdwn`*${number}* in this channel`),
      ...section(linesWithin(rows.map(line), limits.sectionText)),
      ...smallPrint([
        quiet === undefined ? nothing : mrkdwn`Quiet hours: ${plainText(oneLine(quiet), shown.inline)}`,
        rows.length === 0
          ? mrkdwn`${code("subscribe <project>")} tells this channel of what fails or is slow`
          : mrkdwn`${code("unsubscribe <id>")} ends one`,
      ]),
    ],
  };
};

const wordsOf = (words: readonly string[]): Mrkdwn => plainText(oneLine(words.slice(0, limits.fields).join(", ")), shown.inline);

const line = ({ id, project, on, filters, createdBy }: SubscriptionsView["rows"][number]): Mrkdwn =>
  join(
    [mrkdwn`${code(id)} *${code(project)}*`, mrkdwn`on ${wordsOf(on)}`, wordsOf(filters), mrkdwn`by ${mention(createdBy)}`],
    " · ",
  );
