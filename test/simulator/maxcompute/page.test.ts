import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pageOf } from "../../../src/simulator/maxcompute/routes/page.ts";

type Entry = { readonly startedAt: number; readonly id: string };

const walk = (entries: readonly Entry[], maxItems: number): Entry[][] => {
  const pages: Entry[][] = [];
  let marker = "";
  do {
    const page = pageOf(entries, (entry) => entry, { marker, maxItems, emptyFirst: false });
    pages.push([...page.entries]);
    marker = page.marker;
  } while (marker !== "");
  return pages;
};

describe("pageOf", () => {
  it("puts the newest first, and instances of one moment in the order of their ids", () => {
    const entries = [
      { startedAt: 1, id: "a" },
      { startedAt: 2, id: "c" },
      { startedAt: 2, id: "b" },
    ];
    expect(walk(entries, 2)).toEqual([
      [
        { startedAt: 2, id: "b" },
        { startedAt: 2, id: "c" },
      ],
      [{ startedAt: 1, id: "a" }],
    ]);
  });

  it("shows every entry exactly once, however many started at the same moment, and ends on a full page", () => {
    const entry = fc.record({ startedAt: fc.integer({ min: 0, max: 3 }), id: fc.stringMatching(/^[a-z0-9]{1,6}$/) });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ id }) => id }), fc.integer({ min: 1, max: 5 }), (entries, maxItems) => {
        const pages = walk(entries, maxItems);
        expect(
          pages
            .flat()
            .map(({ id }) => id)
            .sort(),
        ).toEqual(entries.map(({ id }) => id).sort());
        expect(pages.length).toBe(Math.max(1, Math.ceil(entries.length / maxItems)));
      }),
    );
  });
});
