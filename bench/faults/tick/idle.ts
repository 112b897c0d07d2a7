// Where nothing is watched the minute rule rests, and whoever dies around that moment may leave a watch that nobody wakes for: the
// scheduler between switching off and looking once more, and whoever starts a watch or a subscription at any boundary.
import { minutes } from "../../../src/commands/store.ts";
import { connection } from "../../../src/commands/watch-book.ts";
import { groupIdOf, watchIdOf } from "../../../src/watch/index.ts";
import type { Verdict } from "../judge.ts";
import { owner } from "./cast.ts";
import { type Death, deathsAt, fateOf } from "./death.ts";
import { leftoversIn } from "./leftovers.ts";
import { newsOf } from "./news.ts";
import type { Errand } from "./orders.ts";
import type { TickWorld } from "./world.ts";

export type IdleOptions = {
  readonly world: TickWorld;
  /** Deaths of the scheduler at most; as many of others. */
  readonly most?: number;
  readonly progress: (line: string) => void;
};

export type IdleVerdict = Verdict & { readonly boundaries: number };

const heartbeatMs = minutes(15);
/** Two heartbeats, and what they take. */
const latestMinutes = 34;
const durationMs = 20_000;
const [scheduler, person] = [0, 1];

export async function playIdle({ world, most = Number.POSITIVE_INFINITY, progress }: IdleOptions): Promise<IdleVerdict> {
  const { bus, fleet, pass, send, tape, team } = world;
  const [channel = ""] = world.channels;
  const why: string[] = [];
  let projects = 0;
  let lost = 0;
  let beatIn = heartbeatMs;

  const placeOf = (project: string) => ({ team, connection, project });
  const newProject = (): string => {
    projects += 1;
    return `idle_${projects}`;
  };
  function begin(project: string): { readonly errand: Errand; readonly watch: string } {
    const instanceId = fleet.start(project, "short", { owner, startedAt: world.now(), durationMs });
    const wanted = { ...placeOf(project), instanceId, channel, startedBy: world.person, options: {} };
    return { errand: { kind: "add", wanted }, watch: watchIdOf({ ...placeOf(project), instanceId, channel }) };
  }
  const isTold = (watch: string): boolean =>
    tape.posts().some((post) => post.watch === watch && newsOf(post.text, post.thread === undefined) === "finished");

  /** A minute as AWS has it: nobody asks for a look, for that may be lost. */
  async function minute(): Promise<void> {
    pass(minutes(1));
    beatIn -= minutes(1);
    bus.takeLooks();
    if (bus.isOn()) await send(scheduler, { kind: "tick" });
    if (beatIn > 0) return;
    beatIn = heartbeatMs;
    await send(scheduler, { kind: "heartbeat" });
  }
  async function until(isSo: () => boolean): Promise<boolean> {
    for (let passed = 0; passed < latestMinutes && !isSo(); passed += 1) await minute();
    return isSo();
  }
  /** The tick that finds nothing left to watch, and lets the rule rest. */
  async function lastTick(death: Death | undefined, meanwhile?: () => Promise<void>): Promise<readonly string[]> {
    const { errand, watch } = begin(newProject());
    await send(person, errand);
    await until(() => isTold(watch));
    pass(minutes(1));
    const met: string[] = [];
    await send(scheduler, { kind: "tick" }, fateOf(death, met, meanwhile));
    return met.slice(met.findIndex((name) => name.includes("scan-groups free asleep")));
  }

  async function killScheduler(death: Death): Promise<void> {
    let added: string | undefined;
    await lastTick(death, async () => {
      const { errand, watch } = begin(newProject());
      const { kind } = await send(person, errand);
      if (kind === "done") added = watch;
    });
    if (added === undefined) return progress(`idle: ${death.name} ${death.moment} was not reached`);
    const watch = added;
    if (await until(() => isTold(watch))) return;
    lost += 1;
    why.push(`${watch}, added when the scheduler died ${death.moment} ${death.name}, was never told`);
  }

  /** Whoever asks dies; nobody asks again. What is left of it is to be followed, at the latest by the heartbeat. */
  async function killPerson(errand: Errand, death: Death | undefined): Promise<readonly string[]> {
    const met: string[] = [];
    await send(person, errand, fateOf(death, met));
    return met;
  }
  const subscribing = (project: string): Errand => ({
    kind: "subscribe",
    subscription: {
      schema: 1,
      id: "s",
      ...placeOf(project),
      channel,
      createdBy: world.person,
      createdAt: world.now(),
      on: ["failed"],
      owners: [owner],
    },
  });

  await lastTick(undefined);
  const schedulers = deathsAt(await lastTick(undefined)).slice(0, most);
  for (const death of schedulers) await killScheduler(death);
  await until(() => !bus.isOn());

  const groups: string[] = [];
  const known = newProject();
  const asked = (project: string): readonly (() => Errand)[] => [() => begin(project).errand, () => subscribing(project)];
  let people = 0;
  for (const [index] of asked(known).entries()) {
    const whole = await killPerson(asked(newProject())[index]?.() ?? begin(known).errand, undefined);
    if (index === 0) await until(() => !bus.isOn());
    for (const death of deathsAt(whole).slice(0, most)) {
      const project = newProject();
      const errand = asked(project)[index]?.();
      if (errand === undefined) continue;
      people += 1;
      groups.push(groupIdOf(placeOf(project)));
      await killPerson(errand, death);
    }
  }
  // Every death is behind us: what anybody left is found by the heartbeat, and told in the minutes after it.
  for (let passed = 0; passed < latestMinutes; passed += 1) await minute();
  const leftovers = await leftoversIn(world.store, {
    groups,
    channels: [`${team}/${channel}`],
    alive: new Set(),
    isOn: bus.isOn(),
  });
  return {
    boundaries: (schedulers.length + people) / 2,
    lost,
    duplicated: 0,
    orphaned: leftovers.length,
    ambiguous: 0,
    why: [...why, ...leftovers],
  };
}
