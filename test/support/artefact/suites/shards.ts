// A part of a group that is too large for one tick, as it comes over the private bus.
import { describe, expect, it } from "vitest";
import { seal } from "../../../../src/aws/envelope.ts";
import { packShard } from "../../../../src/aws/shard-queue.ts";
import type { Scene, StartScene } from "../scenes.ts";
import { secrets } from "../secrets.ts";

const shard = "ShardLambdaFunction";

const runsOf = ({ world }: Scene) => world.cloud.invocations().filter(({ fn }) => fn === shard);
const said = (scene: Scene, what: RegExp) =>
  runsOf(scene)
    .map(({ log }) => log)
    .join("")
    .match(what)?.length ?? 0;

type Wanted = { readonly at: number; readonly kind?: string; readonly depth?: number };

function asking({ at, kind = "ShardRequested", depth = 1 }: Wanted) {
  const minute = Math.floor(at / 60_000);
  const id = "T0ODPSSIM/main/demo_project##2016";
  const request = packShard({ id, minute, depth: 1, listing: { kind: "read", at, pages: 1, running: ["i1"] } });
  return {
    EventBusName: "odps-chatops-prod-private",
    Source: "odps-chatops",
    DetailType: "ShardRequested",
    Detail: JSON.stringify(seal(kind, "S1", at, { ...(request as object), depth }, secrets.sealKey)),
    Resources: [],
  };
}

export function shards(aScene: StartScene): void {
  describe("production rule 22: a shard", () => {
    it("is worked on once when it is delivered twice, and drops itself when it is older than a minute", async () => {
      const scene = await aScene();
      const { cloud, clock } = scene.world;
      cloud.putEvents([asking({ at: clock.now() }), asking({ at: clock.now() }), asking({ at: clock.now() - 60_001 })]);
      await cloud.settle();
      expect(runsOf(scene).map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
      expect([said(scene, /minute\.taken/g), said(scene, /shard\.stale/g)]).toEqual([1, 1]);
    });

    it("is nothing where it is forged, replayed, or sent by a shard", async () => {
      const scene = await aScene();
      const { cloud, clock } = scene.world;
      cloud.putEvents([asking({ at: clock.now(), kind: "LookRequested" }), asking({ at: clock.now(), depth: 2 })]);
      cloud.putEvents([asking({ at: clock.now() })], "replay");
      await cloud.settle();
      expect([runsOf(scene).length, said(scene, /envelope\.unopened/g)]).toEqual([2, 2]);
    });
  });
}
