import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { createEventStreams } from "../../../src/local/workbench/events.ts";
import { manualClock } from "../../support/manual-clock.ts";

/** As much of a response as a stream uses. */
function listener() {
  const written: string[] = [];
  let isEnded = false;
  const response = Object.assign(new EventEmitter(), {
    writeHead() {},
    write: (text: string) => written.push(text),
    end() {
      isEnded = true;
      response.emit("close");
    },
  });
  return { response, written, isEnded: () => isEnded };
}

describe("event streams", () => {
  it("greet a listener, then tell it which channel changed", () => {
    const streams = createEventStreams(manualClock());
    const one = listener();
    streams.open(one.response);
    streams.tell({ channel: "C1" });
    expect(one.written.join("")).toBe('retry: 1000\nevent: hello\ndata: {}\n\nevent: change\ndata: {"channel":"C1"}\n\n');
  });

  it("beat every 15 seconds while somebody listens", async () => {
    const clock = manualClock();
    const streams = createEventStreams(clock);
    const one = listener();
    streams.open(one.response);
    await clock.advance(31_000);
    expect(one.written.filter((text) => text.startsWith(":"))).toHaveLength(2);
    one.response.end();
    await clock.advance(60_000);
    expect(one.written.filter((text) => text.startsWith(":"))).toHaveLength(2);
  });

  it("beat again for somebody who comes after everybody had left", async () => {
    const clock = manualClock();
    const streams = createEventStreams(clock);
    const first = listener();
    streams.open(first.response);
    first.response.end();
    await clock.advance(20_000);
    const second = listener();
    streams.open(second.response);
    await clock.advance(16_000);
    expect(second.written.some((text) => text.startsWith(":"))).toBe(true);
  });

  it("let the oldest go when there are too many", () => {
    const streams = createEventStreams(manualClock());
    const all = Array.from({ length: 33 }, listener);
    for (const { response } of all) streams.open(response);
    expect(all.filter(({ isEnded }) => isEnded())).toEqual([all[0]]);
  });

  it("end with the workbench", () => {
    const streams = createEventStreams(manualClock());
    const one = listener();
    streams.open(one.response);
    streams.close();
    expect(one.isEnded()).toBe(true);
  });
});
