import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Instance } from "../../src/maxcompute/index.ts";
import { aClient, aServer, collect, failureOf, testNow } from "./a-client.ts";

const xresult = (ids: readonly string[]) => {
  const actions = ids.map((id) => `<Action NodeType="Instance"><InstanceId>${id}</InstanceId><Name>train</Name></Action>`);
  return `<Xinstance><Actions>${actions.join("")}</Actions></Xinstance>`;
};

/** One look a row: the status, and the sub-instances there are just after it. The last one lasts. */
const aService = async (...looks: readonly (readonly [status: string, ...ids: string[]])[]) => {
  let look = -1;
  const now = () => looks[Math.min(look, looks.length - 1)] ?? ["Terminated"];
  const server = await aServer(({ target }) => {
    if (target.includes("xresult")) return { body: xresult(now().slice(1)) };
    look += 1;
    return { body: `<Instance><Status>${now()[0]}</Status></Instance>` };
  });
  return { ...aClient(server), server };
};

describe("followSubInstances", () => {
  it("yields each sub-instance once, as it appears, until the XFlow has ended and was looked at once more", async () => {
    const { client, sleeps } = await aService(
      ["Running"],
      ["Running", "i1"],
      ["Running", "i1", "i2"],
      ["Terminated", "i1", "i2", "i3"],
    );
    expect((await collect(client.followSubInstances("root"))).map(({ id }) => id)).toEqual(["i1", "i2", "i3"]);
    expect(sleeps).toEqual([1000, 1000, 1000]);
  });

  it("yields what there is before it waits for more", async () => {
    const { client, sleeps } = await aService(["Running", "i1"], ["Running", "i1", "i2"]);
    for await (const { id } of client.followSubInstances("root")) {
      if (id === "i1") expect(sleeps).toEqual([]);
      if (id === "i2") break;
    }
    expect(sleeps).toEqual([1000]);
  });

  it("does not wait for an XFlow that has ended", async () => {
    const { client, sleeps, server } = await aService(["Terminated", "i1"]);
    expect(await collect(client.followSubInstances("root"))).toHaveLength(1);
    expect(sleeps).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  it("asks at the interval it is told, doubled up to the longest when there is one", async () => {
    const running = Array.from({ length: 6 }, () => ["Running"] as const);
    const even = await aService(...running, ["Terminated"]);
    await collect(even.client.followSubInstances("root", { interval: 5000 }));
    expect(even.sleeps).toEqual([5000, 5000, 5000, 5000, 5000, 5000]);
    const slower = await aService(...running, ["Terminated"]);
    await collect(slower.client.followSubInstances("root", { interval: 1000, maxInterval: 6000 }));
    expect(slower.sleeps).toEqual([1000, 2000, 4000, 6000, 6000, 6000]);
  });

  it("tells how the XFlow was found at each look, and waits for whoever is told", async () => {
    const { client, server } = await aService(["Running"], ["Suspended"], ["Terminated"]);
    const seen: (readonly [status: Instance["status"], requests: number])[] = [];
    const onProgress = async ({ status }: Instance) => {
      for (let turn = 0; turn < 50; turn += 1) await nextTurn();
      seen.push([status, server.requests.length]);
    };
    await collect(client.followSubInstances("root", { onProgress }));
    expect(seen).toEqual([
      ["Running", 1],
      ["Suspended", 3],
      ["Terminated", 5],
    ]);
  });

  it("throws at the end of the time it has, and leaves the XFlow alone", async () => {
    const { client, sleeps, server } = await aService(["Running", "i1"]);
    const following = collect(client.followSubInstances("root", { timeout: 2500 }));
    expect(await failureOf(following)).toMatchObject({
      kind: "timeout",
      instanceId: "root",
      message: "Instance root had not ended after 2.5 s of waiting; it goes on running",
    });
    expect(sleeps).toEqual([1000, 1000, 500]);
    expect(server.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  });

  it("is over by the client's deadline", async () => {
    const { client, sleeps } = await aService(["Running"]);
    const following = collect(client.withDeadline(testNow + 1500).followSubInstances("root"));
    expect(await failureOf(following)).toMatchObject({ kind: "timeout", instanceId: "root" });
    expect(sleeps).toEqual([1000, 500]);
  });

  it("asks for nothing once the signal has said so", async () => {
    const { client, server } = await aService(["Running"]);
    const following = collect(client.followSubInstances("root", { signal: AbortSignal.abort() }));
    expect(await failureOf(following)).toMatchObject({ kind: "aborted", instanceId: "root" });
    expect(server.requests).toHaveLength(0);
  });

  it("bears that the service fails, is busy or is away once it has answered", async () => {
    const lost = (response: { destroy(): void }) => void response.destroy();
    const answers = [
      { body: "<Instance><Status>Running</Status></Instance>" },
      lost,
      { body: xresult(["i1"]) },
      { status: 500 },
      { status: 429 },
      { body: "<Instance><Status>Terminated</Status></Instance>" },
      { body: xresult(["i1", "i2"]) },
    ];
    const server = await aServer((_, index) => answers[index] ?? { status: 404 });
    const { client, sleeps } = aClient(server, { retries: 0 });
    expect((await collect(client.followSubInstances("root", { maxInterval: 4000 }))).map(({ id }) => id)).toEqual(["i1", "i2"]);
    expect(sleeps).toEqual([1000, 1000, 1000, 2000]);
  });

  it("is told at once what went wrong before there was any answer", async () => {
    const server = await aServer(() => ({ status: 429 }));
    const { client, sleeps } = aClient(server, { retries: 0 });
    expect(await failureOf(collect(client.followSubInstances("root")))).toMatchObject({ kind: "throttled", instanceId: "root" });
    expect(sleeps).toEqual([]);
  });

  it("breaks off the call under way when the signal says so", async () => {
    const controller = new AbortController();
    const server = await aServer(() => () => controller.abort());
    const following = collect(aClient(server).client.followSubInstances("root", { signal: controller.signal }));
    expect(await failureOf(following)).toMatchObject({ kind: "aborted", instanceId: "root" });
  });

  it("ends in the middle of a call, in the words of a wait", async () => {
    const silent = await aServer(() => () => undefined);
    const following = collect(aClient(silent).client.followSubInstances("root", { timeout: 200 }));
    expect(await failureOf(following)).toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("it goes on running"),
      cause: { kind: "timeout" },
    });
  });

  it.each([
    ["while it waits", (abort: () => void) => void setImmediate(abort)],
    ["just before it would wait", (abort: () => void) => abort()],
  ])("ends when the signal says so %s", async (_, soon) => {
    const { server } = await aService(["Running"]);
    const controller = new AbortController();
    const sleep = () => {
      soon(() => controller.abort(new Error("enough")));
      return new Promise<void>(() => undefined);
    };
    const following = collect(aClient(server, { sleep }).client.followSubInstances("root", { signal: controller.signal }));
    expect(await failureOf(following)).toMatchObject({ kind: "aborted", cause: { message: "enough" } });
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    { interval: 0 },
    { interval: 2000, maxInterval: 1000 },
    { interval: -1 },
    { maxInterval: Number.NaN },
    { timeout: -5 },
  ])("refuses %j before it asks", async (options) => {
    const { client, server } = await aService(["Running"]);
    expect(await failureOf(collect(client.followSubInstances("root", options)))).toMatchObject({ kind: "invalid" });
    expect(server.requests).toHaveLength(0);
  });
});
