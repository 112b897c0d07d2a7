// One trial: a scene, an act, a death at a chosen boundary, and what is left at the end.
import type { Message } from "../../src/simulator/slack/index.ts";
import { createChance } from "./chance.ts";
import type { Crew } from "./crew.ts";
import type { Met, Plan } from "./gate.ts";
import { judge, type Post, type Verdict } from "./judge.ts";
import { instanceFor, type Kind } from "./kinds.ts";
import type { Stage } from "./stage.ts";
import type { World } from "./world.ts";

export type Place = { readonly world: World; readonly crew: Crew; openStage(): Promise<Stage> };

export type Outcome = { readonly verdict: Verdict; readonly met: readonly Met[]; readonly wasKilled: boolean };

/** Slack shows a shared file a moment after it has taken it. */
const sharesShownMs = 400;

const asPost = ({ ts, text, visible_to, channel, files }: Message): Post => ({
  ts,
  text,
  isPublic: visible_to === undefined && !channel.startsWith("D"),
  files: files.map(({ name, title }) => `${name} ${title}`),
});

/** Plays a kind; without a plan nobody is killed, and `met` are its boundaries. */
export async function play(
  kind: Kind,
  plan: Plan | undefined,
  seed: number,
  { world, crew, openStage }: Place,
): Promise<Outcome> {
  const { gate, slack, watch } = world;
  world.begin();
  const stage = await openStage();
  try {
    const chance = createChance(seed, kind.name);
    const deathChance = createChance(seed, `${kind.name} ${plan?.boundary} ${plan?.moment}`);
    const instance = instanceFor(kind, world);
    const { before = [], isEvent } = kind;
    for (const act of before) await stage.prepare(() => act(slack, instance));
    watch.begin();
    gate.arm(plan, () => crew.killCurrent());
    const acknowledged = await stage.play(() => kind.act(slack, instance), { isEvent, chance, deathChance });
    gate.disarm();
    if (kind.scenario === "success") await new Promise((resolve) => setTimeout(resolve, sharesShownMs));
    const posts = watch.seen().map(asPost);
    const verdict = judge({
      acknowledged,
      posts,
      stops: world.stops(),
      states: await stage.states(),
      isSpared: plan === undefined,
    });
    return { verdict, met: gate.met(), wasKilled: gate.wasKilled() };
  } finally {
    gate.disarm();
    await stage.close();
  }
}
