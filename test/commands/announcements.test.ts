import { describe, expect, it } from "vitest";
import { createAnnouncements } from "../../src/commands/announcements.ts";
import { openSqliteStore } from "../../src/local/sqlite-store.ts";
import type { ActedView } from "../../src/view/index.ts";
import { aRequest } from "../support/a-bot.ts";

const act: ActedView = {
  kind: "acted",
  link: { ref: "r1:E-TEST.0", project: "demo_project", instanceId: "i" },
  by: "bob",
  action: "asked to stop",
  reason: "wrong partition",
};
const request = aRequest();

/** `dies`: the process ends in the middle of telling, until it is brought back by `live`. */
function aBook({ dies = false } = {}) {
  let now = 1_000;
  const told: unknown[] = [];
  let isDying = dies;
  const book = createAnnouncements(
    openSqliteStore(":memory:", () => now),
    () => now,
    {
      everybody: async (_request, view) => {
        told.push(view);
        if (isDying) throw new Error("the process ends here");
      },
    },
  );
  return {
    book,
    told,
    at: (time: number) => {
      now = time;
    },
    live: () => {
      isDying = false;
    },
  };
}

describe("what everybody has to hear of an act", () => {
  it("is told once, as it came out", async () => {
    const { book, told } = aBook();
    await book.promise(request, act);
    await book.keep(request, { ...act, action: "stopped" });
    await book.keep(request, { ...act, action: "stopped" });
    expect(await book.makeUp(request.id, 9_000)).toBe(true);
    expect(told).toEqual([{ ...act, action: "stopped" }]);
    expect(await book.unfinished()).toEqual([]);
  });

  it("is taken back when nothing was done", async () => {
    const { book, told } = aBook();
    await book.promise(request, act);
    await book.keep(request, undefined);
    expect(await book.makeUp(request.id, 9_000)).toBe(true);
    expect(told).toEqual([]);
  });

  it("is made up for when whoever acted ended, and not told again by a worker that was only slow", async () => {
    const { book, told } = aBook();
    await book.promise(request, act);
    expect(await book.unfinished()).toEqual([request.id]);
    expect(await book.makeUp(request.id, 1_000)).toBe(true);
    await book.keep(request, { ...act, action: "stopped" });
    expect(told).toEqual([act]);
  });

  it("is left to a worker that may still be at it", async () => {
    const { book, told } = aBook();
    await book.promise(request, act);
    expect(await book.makeUp(request.id, 999)).toBe(false);
    expect(told).toEqual([]);
  });

  it("is told once more, and marked, when nobody can know whether it was told", async () => {
    const { book, told, at, live } = aBook({ dies: true });
    await book.promise(request, act);
    await expect(book.keep(request, act)).rejects.toThrow("ends here");
    live();
    at(2_000);
    expect(await book.makeUp(request.id, 1_500)).toBe(true);
    expect(told).toEqual([act, { ...act, isPerhapsRepeated: true }]);
  });

  it("needs no making up for a request that never acted", async () => {
    expect(await aBook().book.makeUp("E-NOBODY", 9_000)).toBe(true);
  });
});
