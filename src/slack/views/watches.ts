// What is watched in a channel, and what is muted there.
import type { WatchesView } from "../../view.ts";
import { section } from "../blocks.ts";
import { percent, plural } from "../format.ts";
import { limits } from "../limits.ts";
import type { Sketch } from "../message.ts";
import { code, join, linesWithin, mrkdwn, nothing, plainText, shortId, term } from "../mrkdwn.ts";

/** Draws a line a watch, and a line a mute. */
export const drawWatches = ({ rows, mutes }: WatchesView): Sketch => {
  const found = rows.length === 0 ? mrkdwn`Nothing is watched here` : mrkdwn`${plural(rows.length, "instance")} watched here`;
  const lines = rows.map(({ link, word, percent: done, options }) =>
    join(
      [
        mrkdwn`*${term(word)}* ${code(shortId(link.instanceId))}`,
        code(link.project),
        done === undefined ? nothing : mrkdwn`${percent(done)}`,
        ...options.slice(0, 10).map((option) => plainText(option, 200)),
      ],
      " · ",
    ),
  );
  const silences = mutes.map(({ what }) => mrkdwn`Muted ${code(what)}`);
  return {
    text: found,
    blocks: [
      ...section(mrkdwn`*${found}*`),
      ...section(linesWithin(lines, limits.sectionText)),
      ...section(linesWithin(silences, limits.sectionText)),
    ],
  };
};
