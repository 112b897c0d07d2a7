import { describe, expect, it } from "vitest";
import { oneStage } from "../support/watch/runs.ts";
import { aWorld } from "../support/watch/world.ts";

/** Instances of one channel, of which so many end at the first tick and so many at the next, half a minute later. */
async function ending(first: number, second: number) {
  const world = aWorld();
  const end = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) world.run({ id: `i${index}`, stages: oneStage(1) });
  };
  for (let index = 0; index < first + second; index += 1) {
    world.run({ id: `i${index}`, stages: oneStage(600) });
    await world.watch(`i${index}`);
  }
  await world.tick();
  world.move(60_000);
  end(0, first);
  await world.tick();
  world.move(30_000);
  end(first, first + second);
  await world.tick();
  return {
    posts: world.posts.filter(({ key }) => key === "finished").length,
    channelWrites: world.stores.writes.filter((write) => write.startsWith("channel")).length,
  };
}

describe("the replies of one tick in a channel", () => {
  it("count in the next, where there were several: more than five a minute are folded", async () => {
    expect(await ending(3, 4)).toMatchObject({ posts: 5 });
  });

  it("are not worth a write where there were one or two", async () => {
    expect(await ending(2, 2)).toEqual({ posts: 4, channelWrites: 0 });
  });
});
