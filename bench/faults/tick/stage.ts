// The cast at work: begins its instances, asks for its watches, and knows in the end what was to be heard of whom.
import { minutes } from "../../../src/commands/store.ts";
import { connection } from "../../../src/commands/watch-book.ts";
import { groupIdOf, type Subscription, watchIdOf } from "../../../src/watch/index.ts";
import { owner, projectOf, subscribed } from "./cast.ts";
import type { Followed } from "./judge.ts";
import { detailOf, type News, newsOf } from "./news.ts";
import type { Errand } from "./orders.ts";
import type { Part } from "./roles.ts";
import type { TickWorld } from "./world.ts";

type Begun = { readonly part: Part; readonly instanceId: string; readonly begunAt: number; readonly promised: Set<string> };

export type Request = { readonly errand: Errand; granted(): void };

export type Stage = {
  /** Begins what is to begin by now, and gives what people ask for then. */
  begin(): readonly Request[];
  /** Nothing is to begin any more. */
  isBegun(): boolean;
  followed(): readonly Followed[];
  /** Instances that have not ended, and channels that certainly watch one of them. */
  alive(): { readonly instances: ReadonlySet<string>; readonly channels: readonly string[] };
  readonly groups: readonly string[];
};

/** What is told of a state that passes, to whoever follows it while it lasts: so long after it was begun it lasts still. */
const passing: ReadonlySet<News> = new Set(["queued", "stuck", "slow"]);
const goesOnMs = minutes(12);

export function openStage(world: TickWorld, cast: readonly Part[]): Stage {
  const { fleet, team, tape, channels, person, now } = world;
  const opensAt = now();
  const begun: Begun[] = [];
  const vanishing: { readonly at: number; readonly project: string; readonly instanceId: string }[] = [];
  let left = [...cast].sort((a, b) => a.at - b.at);
  let isSubscribed = false;
  const placeOf = (project: string) => ({ team, connection, project });
  const projects = [...new Set(cast.map(({ project }) => project))];
  const channelOf = (index: number): string => channels[index] ?? "";

  const subscriptions = (): Request[] =>
    subscribed
      .filter(({ project }) => projects.includes(projectOf(project)))
      .map(({ project, channel, on }, index) => {
        const subscription: Subscription = {
          schema: 1,
          id: `s${index}`,
          ...placeOf(projectOf(project)),
          channel: channelOf(channel),
          createdBy: person,
          createdAt: now(),
          on: [...on],
          owners: [owner],
        };
        return { errand: { kind: "subscribe", subscription }, granted: () => undefined };
      });

  function start(part: Part): Request[] {
    const { project, scenario, jobName, agoMs, durationMs, vanishesAfterMs, options } = part;
    const startedAt = now() - agoMs;
    const instanceId = fleet.start(project, scenario, {
      owner,
      startedAt,
      ...(jobName === undefined ? {} : { jobName }),
      ...(durationMs === undefined ? {} : { durationMs }),
    });
    if (vanishesAfterMs !== undefined) vanishing.push({ at: now() + vanishesAfterMs, project, instanceId });
    const promised = new Set<string>();
    begun.push({ part, instanceId, begunAt: now(), promised });
    const { by, ...others } = options;
    return part.channels.map(channelOf).map((channel) => ({
      errand: {
        kind: "add",
        wanted: {
          ...placeOf(project),
          instanceId,
          channel,
          startedBy: person,
          options: by === undefined ? others : { ...others, by: now() + by },
        },
      },
      granted: () => void promised.add(channel),
    }));
  }

  const progressOf = (watch: string): readonly string[] =>
    tape.posts().flatMap(({ watch: of, text, thread }) => {
      const news = newsOf(text, thread === undefined);
      if (of !== watch || (news !== "started" && news !== "milestone")) return [];
      return [news === "started" ? news : `milestone:${detailOf(news, text)}`];
    });

  function followedAs({ part, instanceId, begunAt }: Begun, channel: string, isWatched: boolean): Followed {
    const { project, ends, tells, options } = part;
    const watch = watchIdOf({ ...placeOf(project), instanceId, channel });
    const opened = tape.posts().find((post) => post.watch === watch && post.thread === undefined);
    const isSeenGoingOn = opened !== undefined && opened.at - begunAt < goesOnMs;
    const card = tape.posts().findLast((post) => post.watch === watch && post.thread === undefined);
    const event = (what: string) => `${groupIdOf(placeOf(project))}/${instanceId}:${what}`;
    return {
      watch,
      instanceId,
      channel,
      ends: ends === "none" ? undefined : ends,
      isDirect: isWatched && options.dm === true,
      tells: isWatched ? tells.filter((news) => isSeenGoingOn || !passing.has(news)) : [],
      card: card === undefined ? undefined : tape.said(card.channel, card.ts),
      // Whoever heard of progress in the channel was not to be the only one.
      events: [...(ends === "none" || ends === "GONE" ? [] : ["finished"]), ...progressOf(watch)].map(event),
    };
  }

  const heardBySubscription = ({ part }: Begun): readonly string[] => {
    if (part.channels.length > 0) return [];
    const wanted = part.ends === "FAILED" ? "failed" : "done";
    return subscribed
      .filter(({ project, on }) => projectOf(project) === part.project && on.some((event) => event === wanted))
      .map(({ channel }) => channelOf(channel));
  };

  return {
    groups: projects.map((project) => groupIdOf(placeOf(project))),
    begin() {
      const since = now() - opensAt;
      for (const { at, project, instanceId } of vanishing.splice(0)) {
        if (at <= now()) fleet.vanish(project, instanceId);
        else vanishing.push({ at, project, instanceId });
      }
      const asked = isSubscribed ? [] : subscriptions();
      isSubscribed = true;
      const due = left.filter(({ at }) => at <= since);
      left = left.filter(({ at }) => at > since);
      return [...asked, ...due.flatMap(start)];
    },
    isBegun: () => left.length === 0 && vanishing.length === 0,
    followed: () =>
      begun.flatMap((each) => [
        ...[...each.promised].map((channel) => followedAs(each, channel, true)),
        ...heardBySubscription(each).map((channel) => followedAs(each, channel, false)),
      ]),
    alive() {
      const living = begun.filter(({ part }) => part.ends === "none");
      return {
        instances: new Set(living.map(({ instanceId }) => instanceId)),
        channels: [...new Set(living.flatMap(({ promised }) => [...promised]))],
      };
    },
  };
}
