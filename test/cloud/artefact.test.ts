// What would be deployed, run: the packaged template and its zips, between a simulated Slack and a simulated MaxCompute.
import { describe, it } from "vitest";
import { reads, stops } from "../support/artefact/conversation.ts";
import { scenesOfThisFile, seeds } from "../support/artefact/scenes.ts";
import { hostileEvents } from "../support/artefact/suites/hostile.ts";
import { theDoor } from "../support/artefact/suites/ingress.ts";

const aScene = scenesOfThisFile();
const chaos = { twice: 0.5, late: 0.5, lateMs: 8_000, disorder: true };

describe("the conversation of the README on AWS", () => {
  it("has one answer for each command", async () => {
    await reads((await aScene()).world);
  });

  it("has one stop, told once to who asked and once to the channel", async () => {
    await stops((await aScene()).world);
  });

  it.each(seeds)(
    "is the same where everything comes twice, late and in any order (seed %i)",
    async (seed) => {
      const { world } = await aScene({ chaos, seed });
      world.slack.fault({ kind: "duplicate_delivery", times: 1_000 });
      await reads(world);
      await stops(world);
    },
    60_000,
  );
});

theDoor(aScene);
hostileEvents(aScene);
