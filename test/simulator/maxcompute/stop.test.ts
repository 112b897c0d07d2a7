import { expect, it } from "vitest";
import { aSimulator, errorCode, texts, untilSeen } from "./wire.ts";

const withDelay = (stopDelayMs: number) => aSimulator({ settings: { stopDelayMs, longPollMs: 60_000 } });

it("a stop is accepted at once and takes effect after the delay: RUNNING, then CANCELLED", async () => {
  const { simulator, clock, get, stop } = await withDelay(3_000);
  await clock.advance(60_000);
  const statuses = async () => texts((await get("running", ["taskstatus", ""])).body, "Status");

  const accepted = await stop("running");
  expect([accepted.status, accepted.body]).toEqual([200, ""]);
  expect(await statuses()).toEqual(["Running", "Running"]);
  await clock.advance(2_999);
  expect(await statuses()).toEqual(["Running", "Running"]);
  await clock.advance(1);
  expect(await statuses()).toEqual(["Terminated", "Cancelled"]);
  expect((await get("running")).headers["x-odps-end-time"]).toBe("Sun, 22 Nov 2026 10:01:03 GMT");
  const stages = (await get("running", ["instanceprogress", "AnonymousSQLTask"])).body;
  expect(texts(stages, "RunningWorkers")).toEqual(["0", "0", "0", "0"]);
  await simulator.close();
});

it("a second stop on the way changes nothing, one after the end is InvalidStateSetting", async () => {
  const { simulator, clock, get, stop } = await withDelay(3_000);
  await stop("queued");
  await clock.advance(2_000);
  expect((await stop("queued")).status).toBe(200);
  await clock.advance(1_000);
  expect(texts((await get("queued")).body, "Status")).toEqual(["Terminated"]);
  const late = await stop("queued");
  expect([late.status, errorCode(late)]).toEqual([409, "InvalidStateSetting"]);
  await simulator.close();
});

it("wakes whoever waits for the instance", async () => {
  const { simulator, clock, get, stop } = await withDelay(3_000);
  const held = get("suspended", ["instancestatus", ""]);
  await untilSeen(simulator, 1);
  await stop("suspended");
  await clock.advance(3_000);
  expect(texts((await held).body, "Status")).toEqual(["Terminated"]);
  await simulator.close();
});

it("an instance that ends by itself before the stop takes effect ended by itself", async () => {
  const { simulator, clock, get, stop } = await withDelay(3_000);
  await clock.advance(29_000);
  await stop("short");
  await clock.advance(10_000);
  expect(texts((await get("short", ["taskstatus", ""])).body, "Status")).toEqual(["Terminated", "Success"]);
  await simulator.close();
});

it("refuses what is no stop, and what may not be stopped; the code's HTTP status is a setting", async () => {
  const { simulator, ask, stop, instancePath } = await aSimulator({ settings: { invalidStateStatus: 400 } });
  const put = (body: string) => ask({ method: "PUT", path: instancePath("running"), body });
  const answers = [
    await stop("success"),
    await stop("denied"),
    await stop("20260101000000000gnobody"),
    await put("<Instance><Status>Running</Status></Instance>"),
    await put("<Instance><Status>Terminated"),
    await put('<!DOCTYPE a [<!ENTITY b "c">]><Instance><Status>Terminated</Status></Instance>'),
  ];
  expect(answers.map((answer) => `${answer.status} ${errorCode(answer)}`)).toEqual([
    "400 InvalidStateSetting",
    "403 NoPermission",
    "404 NoSuchObject",
    "400 InvalidArgument",
    "400 InvalidParameter",
    "400 InvalidParameter",
  ]);
  await simulator.close();
});
