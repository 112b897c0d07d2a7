import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { clockCheckup, judgeSkews } from "../../../src/commands/doctor/clock.ts";
import { listening } from "../../support/dynalite.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const noon = Date.UTC(2026, 10, 22, 12);

/** A server that refuses whoever asks, at this time of its clock. */
async function aServer(time: number): Promise<string> {
  const server = createServer((_, response) => response.writeHead(403, { date: new Date(time).toUTCString() }).end("no"));
  await listening(server);
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function found(times: Readonly<Record<string, number>>, more: readonly { name: string; url: string }[] = []) {
  const entries = Object.entries(times).map(async ([name, time]) => ({ name, url: await aServer(time) }));
  const sources = [...(await Promise.all(entries)), ...more];
  return clockCheckup({ sources, fetch: globalThis.fetch, now: () => noon }).run(noon + 4_000);
}

describe("the check of the clock", () => {
  it("is well where it is as the others', whatever else they answer", async () => {
    expect(await found({ Slack: noon, MaxCompute: noon })).toEqual({ state: "ok", seen: "as Slack's, as MaxCompute's" });
  });

  it("is broken where it is ten minutes off, and says which way", async () => {
    const late = noon + 600_000;
    expect(await found({ Slack: late, MaxCompute: late })).toMatchObject({
      state: "broken",
      seen: "10 m behind Slack's, 10 m behind MaxCompute's",
      fix: expect.stringContaining("Set the clock of the machine"),
    });
  });

  it("says whose clock is wrong where it is another's", async () => {
    expect(await found({ Slack: noon, MaxCompute: noon - 601_000 })).toMatchObject({
      state: "broken",
      seen: "as Slack's, 10 m ahead of MaxCompute's",
      fix: expect.stringContaining("whoever runs MaxCompute"),
    });
  });

  it("goes by the one who answers", async () => {
    expect(await found({ Slack: noon }, [{ name: "MaxCompute", url: "http://127.0.0.1:1/" }])).toMatchObject({
      state: "ok",
      seen: "as Slack's",
    });
  });

  it.each([
    [29_000, "ok"],
    [-31_000, "warning"],
    [299_000, "warning"],
    [301_000, "broken"],
  ])("%i ms off is %s", (aheadMs, state) => {
    expect(judgeSkews([{ name: "Slack", aheadMs }]).state).toBe(state);
  });

  it("is not known where nobody tells the time", () => {
    expect(judgeSkews([])).toMatchObject({ state: "unclear", seen: "nobody told the time" });
  });
});
