import { describe, expect, it } from "vitest";
import { MaxComputeError } from "../../src/maxcompute/index.ts";
import type { Observer, Span } from "../../src/watch/observer.ts";
import { listRunning, slicesOf } from "../../src/watch/tick/list-running.ts";

const at = Date.UTC(2026, 10, 22, 10, 0, 0);
const hour = 3_600_000;

/** Instances by when they began, in pages of one; a slice that is asked for by its beginning may fail. */
function observing(
  began: Readonly<Record<string, number>>,
  failsFrom?: { readonly from: number; readonly error: MaxComputeError },
) {
  const spans: Span[] = [];
  const observer = {
    async *running(span: Span) {
      spans.push(span);
      const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = span;
      for (const [id, start] of Object.entries(began)) if (start >= from && start < to) yield [id];
      if (failsFrom !== undefined && failsFrom.from === from) throw failsFrom.error;
    },
  } as Pick<Observer, "running"> as Observer;
  return { observer, spans };
}

describe("the listing of a project", () => {
  const began = { old: at - 90 * hour, day: at - 7 * hour, young: at - 2 * hour, fresh: at - 1 };

  it("is one where it had a hundred pages at most", async () => {
    const { observer, spans } = observing(began);
    expect(await listRunning(observer, ["old", "fresh", "gone"], { at, pages: 100 })).toEqual({
      ...{ at, absent: ["gone"], pages: 4, end: { kind: "complete" } },
    });
    expect(spans).toEqual([{}]);
  });

  it("is cut into slices beside each other where it had more, which are all of time", async () => {
    const { observer, spans } = observing(began);
    expect(await listRunning(observer, [...Object.keys(began), "gone"], { at, pages: 101 })).toEqual({
      ...{ at, absent: ["gone"], pages: 4, end: { kind: "complete" } },
    });
    expect(spans).toEqual(slicesOf({ at, pages: 101 }));
    expect(spans).toEqual([
      { to: at - 24 * hour },
      { from: at - 24 * hour, to: at - 6 * hour },
      { from: at - 6 * hour, to: at - hour },
      { from: at - hour },
    ]);
  });

  it("is complete only where each slice is", async () => {
    const failing = (kind: "timeout" | "denied") => ({ from: at - 6 * hour, error: new MaxComputeError(kind, "no") });
    const list = (kind: "timeout" | "denied") =>
      listRunning(observing(began, failing(kind)).observer, ["gone"], { at, pages: 500 });
    expect(await list("timeout")).toMatchObject({ absent: [], end: { kind: "silent", reason: "timeout" } });
    expect(await list("denied")).toMatchObject({ absent: ["gone"], end: { kind: "refused" } });
  });
});
