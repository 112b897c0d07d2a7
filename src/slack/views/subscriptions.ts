// What a channel is subscribed to.
import type { SubscriptionsView } from "../../view.ts";
import { section } from "../blocks.ts";
import { plural } from "../format.ts";
import { limits } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, mrkdwn, nothing, plainText } from "../mrkdwn.ts";

/** Draws a line a subscription. */
export const drawSubscriptions = ({ rows, quiet }: SubscriptionsView): Sketch => {
  const found =
    rows.length === 0
      ? mrkdwn`This channel is subscribed to nothing`
      : mrkdwn`${plural(rows.length, "subscription")} of this channel`;
  const lines = rows.map(({ id, project, on, filters }) =>
    join(
      [
        mrkdwn`${code(id)} ${code(project)}`,
        plainText(on.join(", "), 200),
        ...filters.slice(0, 10).map((filter) => plainText(filter, 200)),
      ],
      " · ",
    ),
  );
  return {
    text: found,
    blocks: [
      ...section(mrkdwn`*${found}*`),
      ...section(linesWithin(lines, limits.sectionText)),
      ...section(quiet === undefined ? nothing : mrkdwn`Quiet hours ${plainText(quiet, 200)}`),
    ],
  };
};
