// Deaths of whatever follows instances, on one store: seasons until somebody has died before and after each boundary that was met, and
// beside them a bot with nothing to watch.
import { minutes } from "../../../src/commands/store.ts";
import { bundleChild } from "../bundle.ts";
import type { CampaignOptions, Totals } from "../campaign.ts";
import { createChance } from "../chance.ts";
import type { Verdict } from "../judge.ts";
import { briefCastOf, castOf, type Size } from "./cast.ts";
import { playIdle } from "./idle.ts";
import { judgeSeason } from "./judge.ts";
import type { Part } from "./roles.ts";
import { playSeason } from "./season.ts";
import { createStrikes } from "./strikes.ts";
import { openTickWorld } from "./world.ts";

export type TickCampaignOptions = Pick<CampaignOptions, "store" | "seed" | "sample" | "progress" | "childLog">;

/** The first season has 200 instances and more; the others seek what it did not meet often enough. */
const sizeOf = (season: number): Size =>
  season === 0
    ? { projects: 10, spreadMs: minutes(25), isCrowded: true }
    : { projects: 6, spreadMs: minutes(15), isCrowded: false };
const mostSeasons = 3;
/** What has to be seen going on has been by then. */
const outages = [minutes(69)];
/** Until the last of a cast has ended. */
const longMs = minutes(44);
const briefMs = minutes(6);
/** Of a sample, deaths in a bot with nothing to watch: of each who may die there. */
const idleSample = 2;

/** Invocations at once. */
const seats = 6;
const fewSeats = 2;

type Script = { readonly cast: readonly Part[]; readonly outages: readonly number[]; readonly lastsMs: number };

export async function runTickCampaign(options: TickCampaignOptions): Promise<Totals> {
  const { store, seed, sample, progress, childLog = () => {} } = options;
  const child = await bundleChild(store === "sqlite" ? "watcher-on-sqlite" : "watcher-on-dynamo");
  const strikes = createStrikes(sample);
  const say = (line: string) => progress(`tick ${store}: ${line}`);
  const verdicts: Verdict[] = [];
  const note = (name: string, verdict: Verdict) => {
    verdicts.push(verdict);
    for (const why of verdict.why) say(`${name}: ${why}`);
  };

  async function play(name: string, { cast, ...script }: Script): Promise<void> {
    const chance = createChance(seed, `${store} ${name}`);
    const world = await openTickWorld(store, child.file, childLog, sample === undefined ? seats : fewSeats);
    try {
      note(name, judgeSeason(await playSeason({ world, cast, chance, strikes, ...script, progress: say })));
    } finally {
      await world.close();
    }
    say(
      `${name}: ${cast.length} instances, ${strikes.count()} deaths so far, ${strikes.whole().length} of ${strikes.met().length} boundaries`,
    );
  }

  async function seasons(): Promise<void> {
    if (sample !== undefined) {
      const cast = briefCastOf(createChance(seed, `${store} cast`));
      return play("sample", { cast, outages: [], lastsMs: briefMs });
    }
    for (let season = 0; season < mostSeasons && (season === 0 || strikes.whole().length < strikes.met().length); season += 1) {
      const cast = castOf(createChance(seed, `${store} cast ${season}`), sizeOf(season));
      await play(`season ${season + 1}`, { cast, outages, lastsMs: longMs });
    }
    const whole = new Set(strikes.whole());
    for (const name of strikes.met().filter((met) => !whole.has(met))) say(`${name}: was not met often enough`);
  }

  async function idle(): Promise<number> {
    const world = await openTickWorld(store, child.file, childLog, fewSeats);
    try {
      const { boundaries, ...verdict } = await playIdle({
        world,
        ...(sample === undefined ? {} : { most: idleSample }),
        progress: say,
      });
      note("idle", verdict);
      say(`idle: ${boundaries} boundaries`);
      return boundaries;
    } finally {
      await world.close();
    }
  }

  try {
    const [boundaries] = await Promise.all([idle(), seasons()]);
    const sum = (pick: (verdict: Verdict) => number) => verdicts.reduce((total, verdict) => total + pick(verdict), 0);
    return {
      boundaries: boundaries + (sample === undefined ? strikes.whole().length : strikes.count()),
      lost: sum(({ lost }) => lost),
      duplicated: sum(({ duplicated }) => duplicated),
      orphaned: sum(({ orphaned }) => orphaned),
      ambiguous: sum(({ ambiguous }) => ambiguous),
    };
  } finally {
    child.remove();
  }
}
