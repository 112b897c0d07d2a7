// One season: the cast begins, people ask, rules fire early, late and up to three times at once, MaxCompute is silent for a while, and
// invocations die. Then nobody dies any more, and what is still to come comes.
import { minutes } from "../../../src/commands/store.ts";
import { leaseMs } from "../../../src/watch/index.ts";
import { seconds } from "../../../src/watch/time.ts";
import type { Chance } from "../chance.ts";
import type { Said, Season } from "./judge.ts";
import { leftoversIn } from "./leftovers.ts";
import { newsOf } from "./news.ts";
import type { Errand } from "./orders.ts";
import type { Part } from "./roles.ts";
import type { Fate } from "./seat.ts";
import { openStage, type Request } from "./stage.ts";
import type { Strikes } from "./strikes.ts";
import type { TickWorld } from "./world.ts";

export type SeasonOptions = {
  readonly world: TickWorld;
  readonly cast: readonly Part[];
  readonly chance: Chance;
  readonly strikes: Strikes;
  /** When MaxCompute falls silent, ms from the beginning. */
  readonly outages: readonly number[];
  /** Until the last of the cast has ended, counted from when it began, ms. */
  readonly lastsMs: number;
  readonly progress: (line: string) => void;
};

/** MaxCompute is silent until everybody who is to hear of it has, and no longer than this: whoever has not by then never will. */
const longestOutageMs = minutes(60);
const heartbeatMs = minutes(15);
/** Rounds without deaths after which nothing is to be left. */
const calmRounds = 45;

/** People ask by commands; the rest is the engine's. */
const actor = ({ kind }: Errand): string => (kind === "add" || kind === "subscribe" ? `${kind}: ` : "");

export async function playSeason({ world, cast, chance, strikes, outages, lastsMs, progress }: SeasonOptions): Promise<Season> {
  const { pass, now, bus, fleet, tape, send } = world;
  const stage = openStage(world, cast);
  const opensAt = now();
  const silent: (readonly string[])[] = [];
  let late: Errand[] = [];
  let asked: Request[] = [];
  let beatAt = opensAt;
  let rounds = 0;

  /** In every fifth round nobody dies: else each look would be died at, and nothing ever told before the deaths are over. */
  const isMortal = () => rounds % 5 !== 0;
  const fateOf =
    (errand: Errand, isDoomed: boolean): Fate =>
    (label, moment) => {
      const name = `${actor(errand)}${label}`;
      if (isDoomed) return strikes.take(name, moment);
      strikes.note(name);
      return false;
    };
  /** As often as the service delivers it. */
  const copies = (errand: Errand): Errand[] => Array.from({ length: 1 + chance.below(3) }, () => errand);

  function due(): Errand[] {
    const errands: Errand[] = bus.isOn() ? copies({ kind: "tick" }) : [];
    if (bus.isOn() && chance.below(2) === 0) errands.push(...copies({ kind: "hot" }).slice(0, 2));
    if (now() - beatAt >= heartbeatMs) {
      beatAt = now();
      errands.push(...copies({ kind: "heartbeat" }));
    }
    errands.push(...bus.takeLooks().flatMap((place) => copies({ kind: "look", place }).slice(0, 2)));
    // Each copy by itself may be kept back until the next round.
    const { late: kept = [], now: delivered = [] } = Object.groupBy(errands, () => (chance.below(6) === 0 ? "late" : "now"));
    const overdue = late;
    late = kept;
    return [...delivered, ...overdue];
  }

  async function carryOut(seat: number, errand: Errand, granted?: () => void): Promise<boolean> {
    const ended = await send(seat, errand, fateOf(errand, isMortal()));
    if (ended.kind === "failed") progress(`${errand.kind} failed: ${ended.why}`);
    if (ended.kind === "done") granted?.();
    return ended.kind === "done";
  }

  async function round(): Promise<void> {
    rounds += 1;
    const requests = [...asked, ...stage.begin()];
    asked = [];
    const work = chance.shuffled([
      ...requests.map((request) => async (seat: number) => {
        const isDone = await carryOut(seat, request.errand, request.granted);
        // Whoever got no answer asks again, most of the time.
        if (!isDone && (request.errand.kind === "subscribe" || chance.below(3) > 0)) asked.push(request);
      }),
      ...due().map((errand) => async (seat: number) => void (await carryOut(seat, errand))),
    ]);
    await Promise.all(
      Array.from({ length: world.seats }, async (_, seat) => {
        for (let next = work.shift(); next !== undefined; next = work.shift()) await next(seat);
      }),
    );
  }

  let dark: { readonly until: number; readonly postsBefore: number } | undefined;
  const left = [...outages];
  const isHeard = (from: number): boolean => {
    const heard = new Set(
      tape
        .posts()
        .slice(from)
        .filter(({ text }) => newsOf(text, false) === "unreachable")
        .map(({ channel }) => channel),
    );
    return (silent.at(-1) ?? []).every((channel) => heard.has(channel));
  };
  /** MaxCompute falls silent and answers again; whoever is alive then and watched is to hear of both. */
  function weather(): void {
    const [next] = left;
    if (dark !== undefined && (now() >= dark.until || isHeard(dark.postsBefore))) {
      dark = undefined;
      fleet.darken(false);
    }
    if (next === undefined || now() - opensAt < next) return;
    left.shift();
    silent.push(stage.alive().channels);
    dark = { until: now() + longestOutageMs, postsBefore: tape.posts().length };
    fleet.darken(true);
  }

  /** A minute where deaths follow each other, for a rule has one call that counts; before the round without, until the last lease is free. */
  const stepMs = (tookMs: number): number => {
    if (!isMortal()) return seconds(10);
    return (rounds % 5 === 4 ? leaseMs : Math.max(0, minutes(1) - tookMs)) + chance.below(seconds(5));
  };

  const leftovers = () =>
    leftoversIn(world.store, {
      groups: stage.groups,
      channels: world.channels.map((channel) => `${world.team}/${channel}`),
      alive: stage.alive().instances,
      isOn: bus.isOn(),
    });

  const endsAt = opensAt + Math.max(0, ...cast.map(({ at }) => at)) + lastsMs;
  while (now() < endsAt || dark !== undefined || left.length > 0) {
    weather();
    const beganAt = now();
    await round();
    pass(dark === undefined ? stepMs(now() - beganAt) : minutes(2));
  }
  strikes.rest(true);
  let rest: readonly string[] = [];
  for (let calm = 0; calm < calmRounds; calm += 1) {
    await round();
    pass(minutes(1));
    rest = await leftovers();
    if (calm > 2 && rest.length === 0 && asked.length === 0) break;
  }
  strikes.rest(false);
  return {
    said: tape.posts().map((post): Said => {
      const { channel, watch, thread, isBroadcast, text, blocks, invocation } = post;
      return {
        channel,
        watch,
        isReply: thread !== undefined,
        isBroadcast,
        text,
        blocks,
        isInDoubt: world.killed.has(invocation),
      };
    }),
    followed: stage.followed(),
    published: bus.published(),
    outages: silent,
    leftovers: rest,
  };
}
