import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupOf, holds, isPart, mayJoin, mostInPart, rangeOf, scanIdOf, splitPoints } from "../../src/watch/parts.ts";

const groupId = "T1/main/prod";
const ids = (count: number) => Array.from({ length: count }, (_, index) => `i${String(index).padStart(6, "0")}`);

describe("the id of a part", () => {
  it.each([[{}], [{ from: "i3" }], [{ to: "i3" }], [{ from: "i3", to: "i7" }]])("says its group and its range %j", (range) => {
    const id = scanIdOf(groupId, range);
    expect([groupOf(id), rangeOf(id)]).toEqual([groupId, range]);
    expect(isPart(id)).toBe(id !== groupId);
  });

  it("is the group's own where it is whole, so that what is small is stored as it was", () => {
    expect(scanIdOf(groupId, { from: "", to: "" })).toBe(groupId);
  });
});

describe("a group", () => {
  it("of 5,000 watches is whole, and one more makes it two", () => {
    expect(splitPoints(ids(mostInPart))).toEqual([]);
    expect(splitPoints(ids(mostInPart + 1))).toEqual(["i002501"]);
    expect(splitPoints(ids(20 * mostInPart))).toHaveLength(19);
    expect(splitPoints([])).toEqual([]);
  });

  it("keeps all watches of an instance together", () => {
    expect(splitPoints(ids(10_000).map(() => "i1"))).toEqual([]);
    expect(splitPoints([...ids(10).map(() => "i1"), ...ids(9_990).map(() => "i2")])).toEqual(["i2"]);
  });

  it("has each instance in exactly one of its parts, in the order of the store", () => {
    const anId = fc.string({ unit: fc.constantFrom("a", "b", "0", "-", "."), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.uniqueArray(anId, { maxLength: 6 }), fc.array(anId, { minLength: 1 }), (cuts, instances) => {
        const bySk = (a: string, b: string) => (`${a}/` < `${b}/` ? -1 : 1);
        const points = ["", ...cuts.toSorted(bySk)];
        const ranges = points.map((from, index) => rangeOf(scanIdOf(groupId, { from, to: points[index + 1] })));
        const parts = instances.map((id) => ranges.flatMap((range, index) => (holds(range, id) ? [index] : [])));
        expect(parts.map((found) => found.length)).toEqual(instances.map(() => 1));
        const stored = instances.map((id, index) => ({ sk: `${id}/C1`, part: parts[index]?.[0] ?? 0 }));
        const inOrder = stored.toSorted((a, b) => (a.sk < b.sk ? -1 : 1)).map(({ part }) => part);
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});

describe("two neighbours", () => {
  it.each([
    [1_250, 1_250, true],
    [1_250, 1_251, false],
    [0, mostInPart, true],
    [1, mostInPart, false],
  ])("with %d and %d watches become one: %s", (one, other, expected) => {
    expect([mayJoin(one, other), mayJoin(other, one)]).toEqual([expected, expected]);
  });

  it("that were not counted yet do not", () => {
    expect(mayJoin(Number.NaN, 0)).toBe(false);
  });
});
