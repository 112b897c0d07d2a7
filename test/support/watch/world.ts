// A whole small world for the engine: a clock, a MaxCompute that lives by it, a Slack that writes a transcript.

import type { ItemStore } from "../../../src/commands/store.ts";
import { MaxComputeError } from "../../../src/maxcompute/index.ts";
import type {
  Announcement,
  Channel,
  ChannelState,
  Face,
  News,
  Observation,
  Observer,
  PublicEvent,
} from "../../../src/watch/index.ts";
import { addWatch, newWatch, type Options, type Ports, type Stop, tick, watchIdOf } from "../../../src/watch/index.ts";
import type { Told } from "../../../src/watch/ports.ts";
import { memoryStores } from "./memory-ports.ts";
import { min, observationAt, type Run, t0 } from "./runs.ts";

export const place = { team: "T1", connection: "main", project: "prod" };

const clockOf = (at: number) => new Date(at).toISOString().slice(11, 16);

const faceWords = ({ word, percent, deadline, stuckSince, silentSince, stop, isUnstopped }: Face): string =>
  [
    word,
    ...(percent === undefined ? [] : [`${percent}%`]),
    ...(deadline === undefined ? [] : [deadline]),
    ...(stuckSince === undefined ? [] : [`stuck since ${clockOf(stuckSince)}`]),
    ...(silentSince === undefined ? [] : [`silent since ${clockOf(silentSince)}`]),
    ...(stop === undefined ? [] : [`${isUnstopped === true ? "for all the stop" : "stopped"} by ${stop.by}`]),
  ].join(" ");

function words(announcement: Announcement): string {
  switch (announcement.kind) {
    case "opened":
    case "card":
      return faceWords(announcement.face);
    case "finished":
      return `${announcement.outcome}${announcement.failure?.code === undefined ? "" : ` ${announcement.failure.code}`}${announcement.mention === undefined ? "" : ` @${announcement.mention}`}`;
    case "milestone":
      return `${announcement.percent}%`;
    case "stage":
      return `${[...announcement.failed.map((name) => `${name} failed`), ...announcement.done.map((name) => `${name} done`), ...announcement.started.map(({ name }) => `${name} started`)].join(", ")}`;
    case "queued":
      return `queued at ${announcement.position} of ${announcement.length}`;
    case "late":
      return `late for ${clockOf(announcement.by)}`;
    case "deadline":
      return `missed ${clockOf(announcement.by)}`;
    case "stuck":
      return `stuck since ${clockOf(announcement.since)}`;
    case "unstopped":
      return `unstopped since ${clockOf(announcement.askedAt)} @${announcement.mention}`;
    default:
      return announcement.kind;
  }
}

export type Faults = {
  /** MaxCompute answers. */
  answers: boolean;
  mayList: boolean;
  /** How many edits are left. */
  edits: number;
  /** Instances that listings leave out. */
  hidden: readonly string[];
  /** What the notifier says of a key: "refused" and "later" post nothing, "unknown" posts and loses the answer. */
  notifier?: ((key: string) => Told | undefined) | undefined;
  busRefuses?: (id: string) => boolean;
};

type Death = { readonly call: number; readonly moment: "before" | "after" };
export class Killed extends Error {}

export type Post = {
  readonly at: number;
  readonly channel: string;
  readonly watch: string;
  readonly key: string;
  readonly isRepeat: boolean;
  readonly line: string;
};

export type WorldStores = {
  readonly ports: Omit<Ports, "notifier" | "events" | "budget" | "observer">;
  /** They are mortal themselves, by what they were opened with. */
  readonly diesBelow?: boolean;
  setQuiet(channel: Channel, quiet: NonNullable<ChannelState["quiet"]>): void | Promise<void>;
  /** What people decide: a stop of the instance, beside whatever the engine does with its watch. */
  stopping(watchId: string, stop: Stop): unknown;
};

type OpenStores<Stores> = (now: () => number, mortal: (store: ItemStore) => ItemStore) => Stores;

export const aWorld = (options: { readonly start?: number; readonly latencyMs?: number } = {}) => aWorldOn(memoryStores, options);

export function aWorldOn<Stores extends WorldStores>(open: OpenStores<Stores>, { start = t0, latencyMs = 0 } = {}) {
  let at = start;
  const runs = new Map<string, Run>();
  const posts: Post[] = [];
  /** What each card says, by its ts. */
  const cards = new Map<string, string>();
  const published: PublicEvent[] = [];
  const calls: string[] = [];
  let death: Death | undefined;
  let counted = 0;
  let fatal: string | undefined;
  let last = "nothing";
  let lines: string[] = [];
  const faults: Faults = { answers: true, mayList: true, edits: Number.POSITIVE_INFINITY, hidden: [] };

  let retouch: ((seen: Observation) => Observation) | undefined;
  const say = (line: string) => void lines.push(`${clockOf(at)} ${line}`);
  const silence = () => new MaxComputeError("unreachable", "no answer");

  const observer: Observer = {
    async look(id) {
      calls.push(`look ${id}`);
      at += latencyMs;
      if (!faults.answers) return { kind: "unreachable", at, reason: "unreachable" };
      const run = runs.get(id);
      const seen: Observation = run === undefined ? { kind: "missing", at } : observationAt(run, at);
      return retouch?.(seen) ?? seen;
    },
    async *running() {
      calls.push("list");
      if (!faults.answers) throw silence();
      if (!faults.mayList) throw new MaxComputeError("denied", "no");
      const all = [...runs.values()].filter((run) => !faults.hidden.includes(run.id) && isRunning(run));
      for (let from = 0; from === 0 || from < all.length; from += 1_000) {
        calls.push("page");
        yield all.slice(from, from + 1_000).map(({ id }) => id);
      }
    },
    async *began(from, to) {
      calls.push("began");
      if (!faults.answers) throw silence();
      const all = [...runs.values()].filter(({ start: begins = t0 }) => begins >= from && begins < to);
      yield all.flatMap((run) => {
        const seen = observationAt(run, at);
        return seen.kind === "seen" ? [seen.instance] : [];
      });
    },
    extras: async () => ({ cost: 100, priority: 9 }),
  };
  const isRunning = (run: Run) => {
    const seen = observationAt(run, at);
    return seen.kind === "seen" && seen.instance.status === "Running";
  };

  const stores = open(
    () => at,
    (store) => mortal("store", store),
  );
  const faked: Pick<Ports, "observer" | "budget" | "events" | "notifier"> = {
    observer: () => observer,
    budget: {
      async takeEdit() {
        faults.edits -= 1;
        return faults.edits >= 0;
      },
    },
    events: {
      async put(events) {
        if (events.length > 10) throw new RangeError("the bus takes ten at once");
        const refuses = (id: string) => faults.busRefuses?.(id) === true;
        const refused = events.filter(({ id }) => refuses(id));
        published.push(...events.filter(({ id }) => !refuses(id)));
        return refused.map(({ id }) => id);
      },
    },
    notifier: {
      async announce(watch, announcement, { isPerhapsRepeated }) {
        const given = faults.notifier?.(announcement.key);
        if (given?.kind === "refused" || given?.kind === "later") return given;
        const channel = watch.thread.channel;
        if (announcement.kind === "card") {
          if (cards.get(watch.thread.ts ?? "") === undefined) throw new Error("edits a card that nobody posted");
          if (cards.get(watch.thread.ts ?? "") !== words(announcement)) say(`card ${words(announcement)}`);
          cards.set(watch.thread.ts ?? "", words(announcement));
          return given ?? { kind: "told" };
        }
        const target = { card: "card", thread: announcement.broadcast === true ? "reply!" : "reply", owner: "dm" }[
          announcement.to
        ];
        const line = `${target} ${words(announcement)}${isPerhapsRepeated ? " (perhaps repeated)" : ""}`;
        say(line);
        posts.push({ at, channel, watch: watch.id, key: announcement.key, isRepeat: isPerhapsRepeated, line });
        const ts = `${posts.length}`;
        if (announcement.kind === "opened") cards.set(ts, words(announcement));
        return given ?? { kind: "told", ts };
      },
      async notify({ channel }, notice: News, { isPerhapsRepeated }) {
        const given = faults.notifier?.(notice.key);
        if (given?.kind === "refused" || given?.kind === "later") return given;
        const about = notice.kind === "summary" ? `summary of ${notice.held.length}` : notice.kind;
        say(`channel ${about}${isPerhapsRepeated ? " (perhaps repeated)" : ""}`);
        posts.push({ at, channel, watch: "", key: notice.key, isRepeat: isPerhapsRepeated, line: about });
        return given ?? { kind: "told", ts: `${posts.length}` };
      },
    },
  };
  const real: Ports = { ...stores.ports, ...faked };

  /** Every call of every port passes here: this is where a tick dies. */
  function mortal<Port extends object>(name: string, port: Port): Port {
    return new Proxy(port, {
      get(target, property) {
        const method = Reflect.get(target, property);
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => {
          // A store that was read bears no trace of it: to die there is to die at the write before.
          if (name === "store" && (property === "get" || property === "list")) {
            if (death !== undefined && counted >= death.call) throw new Killed();
            return Reflect.apply(method, target, args);
          }
          counted += 1;
          const call = counted;
          if (death?.call === call)
            fatal = death.moment === "after" ? `after ${name}` : `before ${name}.${String(property)}, after ${last}`;
          last = name;
          const dies = (moment: Death["moment"]) => death?.call === call && death.moment === moment;
          if (death !== undefined && call > death.call) throw new Killed();
          if (dies("before")) throw new Killed(fatal);
          const result = Reflect.apply(method, target, args);
          if (!dies("after") || !(result instanceof Promise)) return result;
          return result.then(() => {
            throw new Killed(fatal);
          });
        };
      },
    });
  }
  const ports = Object.fromEntries(
    Object.entries(real).map(([name, port]) => [
      name,
      name === "observer"
        ? () => mortal("observer", observer)
        : stores.diesBelow === true && Object.hasOwn(stores.ports, name) && !Object.hasOwn(faked, name)
          ? port
          : mortal(name, port),
    ]),
  ) as Ports;

  const world = {
    ports,
    stores,
    posts,
    cards,
    published,
    calls,
    now: () => at,
    run(run: Run) {
      runs.set(run.id, run);
    },
    async watch(instanceId: string, options: Options = {}, { channel = "C1", startedBy = "ann" } = {}) {
      return addWatch(real, newWatch({ ...place, instanceId, channel, startedBy, options }, at), at);
    },
    /** Somebody stops an instance that is watched; what becomes of it is the run's affair. */
    async stop(instanceId: string, by = "bob") {
      await stores.stopping(watchIdOf({ ...place, instanceId, channel: "C1" }), { by, at });
      await real.groups.wake(place, at);
    },
    async tick(untilMs = 50_000) {
      counted = 0;
      await tick(ports, world.now, at + untilMs);
    },
    /** Ticks once a minute, at the end of each. */
    async minutes(count: number) {
      for (let minute = 0; minute < count; minute += 1) {
        await world.tick();
        at += min(1);
      }
    },
    /** Changes what each look finds. */
    look(change: typeof retouch) {
      retouch = change;
    },
    move(ms: number) {
      at += ms;
    },
    /** What was said since the last time, a line each. */
    transcript() {
      const said = lines;
      lines = [];
      return said;
    },
    /** What a test breaks, by changing it. */
    faults,
    /** The tick dies at its `call`th call of a port: says of which, or undefined when it made fewer. */
    async dyingTick(call: number, moment: Death["moment"]): Promise<string | undefined> {
      death = { call: Math.ceil(call), moment };
      fatal = undefined;
      try {
        await world.tick();
        return undefined;
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        return fatal;
      } finally {
        death = undefined;
      }
    },
    /** How many calls of ports the last tick made. */
    usualCalls: () => counted,
    resetCalls() {
      counted = 0;
      calls.length = 0;
    },
  };
  return world;
}

export type World = WorldOn<WorldStores>;
export type WorldOn<Stores extends WorldStores> = ReturnType<typeof aWorldOn<Stores>>;
