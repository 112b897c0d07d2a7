import { describe, expect, it } from "vitest";
import { createRecallBook, recallOf } from "../../src/commands/recall.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import { manualClock } from "../support/manual-clock.ts";

const named = (suffix: string) => ({ project: "demo_project", instanceId: `20261122090000000g${suffix}` });
const ann = { team: "T1", user: "ann" };

function aBook() {
  const clock = manualClock();
  return createRecallBook(openSqliteStore(":memory:", clock.now), clock.now);
}

describe("what is remembered of a conversation", () => {
  it("loses nothing that two commands at once have named or listed", async () => {
    const recall = aBook().of(ann, "general");
    await Promise.all([
      recall.named(named("one")),
      recall.listed([{ ...named("two"), status: "Running", waits: false }]),
      recall.named(named("three")),
    ]);
    for (const suffix of ["one", "two", "three"]) expect(await recall.endingWith(suffix)).toEqual([named(suffix)]);
    expect(await recall.row(1)).toEqual(named("two"));
  });

  it("is one thing alone where something is done again, and nothing is added to it", async () => {
    const recall = recallOf(named("one"));
    await recall.named(named("two"));
    expect([await recall.last(), await recall.row(7), await recall.endingWith("two")]).toEqual([
      named("one"),
      named("one"),
      [named("one")],
    ]);
  });
});
