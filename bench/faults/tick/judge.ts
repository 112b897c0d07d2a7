// The verdict on a season, from what the servers hold at its end and from nothing that the bot says of itself.
import type { Verdict } from "../judge.ts";
import { detailOf, isMarked, type News, newsOf, wordOf } from "./news.ts";

/** A post, as far as somebody who reads it cares. */
export type Said = {
  readonly channel: string;
  /** Of the watch: absent for what is said of many, or to its owner. */
  readonly watch: string | undefined;
  readonly isReply: boolean;
  readonly isBroadcast: boolean;
  readonly text: string;
  readonly blocks: string;
  /** Whoever posted it died at it, or before it had written down that it did: nobody can know whether it was told. */
  readonly isInDoubt: boolean;
};

export type Followed = {
  readonly watch: string;
  readonly instanceId: string;
  readonly channel: string;
  /** Its end's word; undefined for what has not ended. */
  readonly ends: string | undefined;
  readonly isDirect: boolean;
  readonly tells: readonly News[];
  /** What its card says last. */
  readonly card: string | undefined;
  /** Ids of events that others were to hear. */
  readonly events: readonly string[];
};

export type Season = {
  readonly said: readonly Said[];
  /** Watches that were promised to somebody, and instances that a channel subscribed to. */
  readonly followed: readonly Followed[];
  readonly published: ReadonlySet<string>;
  /** Of each long silence of MaxCompute: the channels that had watches then. */
  readonly outages: readonly (readonly string[])[];
  /** What nobody will look at again, in words. */
  readonly leftovers: readonly string[];
};

type Telling = { readonly key: string; readonly isMarked: boolean; readonly isInDoubt: boolean; readonly inSummary: boolean };

/** What a summary's menu calls an instance: the end of its id. */
const idEnd = 6;

const keyOf = (channel: string, what: string, news: string, detail = ""): string =>
  [channel, what, news, detail].filter((part) => part !== "").join(" ");

/** What one post tells: of one watch, of a channel's connection, of each instance in a summary, or to an owner of one. */
function tellingsOf(said: Said, followed: readonly Followed[]): Telling[] {
  const { channel, watch, isReply, text, blocks, isInDoubt } = said;
  const news = newsOf(text, watch !== undefined && !isReply);
  const mark = { isMarked: isMarked(text), isInDoubt, inSummary: news === "summary" };
  if (news === "summary") {
    return followed
      .filter((each) => each.channel === channel && each.ends !== undefined)
      .filter(({ instanceId, ends }) => blocks.includes(`${instanceId.slice(-idEnd)} ${ends}"`))
      .map((each) => ({ ...mark, key: keyOf(channel, each.instanceId, each.ends === "GONE" ? "missing" : "finished") }));
  }
  if (watch !== undefined) return [{ ...mark, key: keyOf(channel, watch.split("/")[3] ?? "", news, detailOf(news, text)) }];
  const whose = followed.find(({ instanceId }) => blocks.includes(instanceId))?.instanceId ?? "";
  const detail = whose === "" ? detailOf(news, text) : (/<#(\w+)/.exec(blocks)?.[1] ?? "");
  return [{ ...mark, key: keyOf(channel, whose, news, detail) }];
}

/** One is right, a repetition is right if it is marked and somebody's death gave a reason for it. */
function repeats(tellings: readonly Telling[]): { duplicated: number; ambiguous: number } {
  const plain = tellings.filter(({ isMarked: marked }) => !marked).length;
  const reasons = tellings.filter(({ isInDoubt }) => isInDoubt).length;
  // What was put aside for a summary by somebody who died may be told by itself, too.
  const aside = tellings.some(({ inSummary }) => inSummary) ? 1 : 0;
  return {
    duplicated: Math.max(0, plain - 1, tellings.length - 1 - reasons - aside),
    ambiguous: tellings.length > plain ? 1 : 0,
  };
}

function missed(each: Followed, told: ReadonlyMap<string, readonly Telling[]>, season: Season): string[] {
  const { watch, instanceId, channel, ends, isDirect, tells, card, events } = each;
  const has = (news: News) => [...told.keys()].some((key) => key.startsWith(keyOf(channel, instanceId, news)));
  const owned = (news: News) =>
    [...told.keys()].some((key) => !key.startsWith(channel) && key.includes(` ${instanceId} ${news}`));
  // A summary has the last word of an instance alone: whatever else was to be said may be behind it.
  const isSummed = season.said.some(
    (said) =>
      said.channel === channel && newsOf(said.text, false) === "summary" && said.blocks.includes(`${instanceId.slice(-idEnd)} `),
  );
  const end: News = ends === "GONE" ? "missing" : "finished";
  const isLoud =
    ends !== "FAILED" ||
    season.said.some((said) => said.watch === watch && said.isBroadcast && newsOf(said.text, false) === "finished");
  return [
    ...(has("opened") ? [] : [`${watch} has no card`]),
    ...(ends === undefined || has(end) ? [] : [`${watch} ended (${ends}) and nobody heard of it`]),
    ...(isLoud ? [] : [`${watch} failed and the channel did not hear of it`]),
    ...(ends === undefined || card === undefined || wordOf(card) === ends
      ? []
      : [`${watch} is ${ends} and its card says ${card}`]),
    ...(isDirect && !owned(end) ? [`${watch} ended and its owner was not told`] : []),
    ...tells
      .filter((news) => !(news === "forbidden" ? owned(news) : has(news) || isSummed))
      .map((news) => `${watch} never said ${news}`),
    ...events.filter((id) => !season.published.has(id)).map((id) => `${id} was not published`),
  ];
}

export function judgeSeason(season: Season): Verdict {
  const told = new Map<string, Telling[]>();
  for (const said of season.said) {
    for (const telling of tellingsOf(said, season.followed)) {
      told.set(telling.key, [...(told.get(telling.key) ?? []), telling]);
    }
  }
  const notices = (news: News, channel: string) =>
    [...told.keys()].filter((key) => key.startsWith(keyOf(channel, "", news))).length;
  const silent = [...new Set(season.outages.flat())].flatMap((channel) => {
    const count = season.outages.filter((channels) => channels.includes(channel)).length;
    return (["unreachable", "recovered"] as const)
      .filter((news) => notices(news, channel) < count)
      .map((news) => `${channel} heard ${notices(news, channel)} times of ${count} that MaxCompute was ${news}`);
  });
  const lost = [...season.followed.flatMap((each) => missed(each, told, season)), ...silent];
  const counted = [...told].map(([key, tellings]) => ({ key, tellings, ...repeats(tellings) }));
  const twice = counted.filter(({ duplicated }) => duplicated > 0);
  return {
    lost: lost.length,
    duplicated: twice.reduce((total, { duplicated }) => total + duplicated, 0),
    orphaned: season.leftovers.length,
    ambiguous: counted.reduce((total, { ambiguous }) => total + ambiguous, 0),
    why: [
      ...lost,
      ...twice.map(
        ({ key, tellings }) =>
          `${key} was told ${tellings.length} times, ${tellings.filter(({ isMarked: marked }) => marked).length} of them marked`,
      ),
      ...season.leftovers,
    ],
  };
}
