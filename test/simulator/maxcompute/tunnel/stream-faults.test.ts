import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StreamSpoil } from "../../../../src/simulator/maxcompute/index.ts";
import { tunnelRequest } from "../../../../src/simulator/maxcompute/tunnel/request-kind.ts";
import { aSimulator } from "../wire.ts";
import { readRecords } from "./record-reader.ts";
import { codeOf, tunnelOf } from "./tunnel-wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
let tunnel: ReturnType<typeof tunnelOf>;
let session = "";
beforeAll(async () => {
  world = await aSimulator();
  tunnel = tunnelOf(world);
});
beforeEach(async () => {
  world.simulator.reset();
  session = await tunnel.idOf("medium");
});
afterAll(() => world.simulator.close());

const types = ["bigint", "string", "double"];
const received = () => tunnel.received(tunnel.read("medium", session));
const spoiled = (spoil: StreamSpoil) => {
  world.simulator.fault({ kind: "stream", spoil, times: 1 });
  return received();
};
const right = { wrongRecords: [], isOverallRight: true };

it.each([
  ["/api/projects/p/instances/i?downloads&curr_project=p", "session"],
  ["/projects/p/instances/i?downloadid=x", "session"],
  ["/projects/p/instances/i?curr_project=p&downloadid=x&rowrange=%280%2C5%29&data=", "read"],
  ["/projects/p/instances/i?data", undefined],
  ["/api/projects/p/instances?downloads", undefined],
  ["/api/projects/p/instances/i?result", undefined],
])("the request %s is the tunnel's %s", (target, part) => {
  expect(tunnelRequest(target)).toBe(part);
});

describe("a fault of the stream", () => {
  it("is met by a read and by nothing else, and is over after so many of them", async () => {
    world.simulator.fault({ kind: "stream", spoil: { how: "no_footer" }, times: 2 });
    expect((await tunnel.open("medium")).status).toBe(200);
    expect((await world.get("medium")).status).toBe(200);
    const counts = [await received(), await received(), await received()].map(({ bytes }) => readRecords(bytes, types).count);
    expect(counts).toEqual([undefined, undefined, 300]);
    world.simulator.fault({ kind: "stream", spoil: { how: "cut" } });
    expect([(await received()).isComplete, (await received()).isComplete]).toEqual([false, false]);
    world.simulator.clearFaults();
    expect((await received()).isComplete).toBe(true);
  });

  it("cut: breaks the connection after so many bytes, or half way", async () => {
    const whole = (await received()).bytes;
    const early = await spoiled({ how: "cut", afterBytes: 1_000 });
    expect([early.isComplete, early.bytes.equals(whole.subarray(0, 1_000))]).toEqual([false, true]);
    expect(await spoiled({ how: "cut", afterBytes: 0 })).toEqual({ isComplete: false, bytes: Buffer.alloc(0) });
    const half = await spoiled({ how: "cut" });
    expect(half.isComplete).toBe(false);
    expect(readRecords(half.bytes, types)).toMatchObject({ count: undefined, wrongRecords: [] });
    expect(readRecords(half.bytes, types).rows).toHaveLength(150);
  });

  it("cut: also of a single row, and of a stream that is deflated", async () => {
    world.simulator.fault({ kind: "stream", spoil: { how: "cut" }, times: 2 });
    const single = await tunnel.received(tunnel.read("document", await tunnel.idOf("document")));
    expect(single.isComplete).toBe(false);
    const deflated = { ...tunnel.read("medium", session).headers, "accept-encoding": "deflate" };
    expect((await tunnel.received({ ...tunnel.read("medium", session), headers: deflated })).isComplete).toBe(false);
  });

  it("truncate: half of the rows or so many bytes, and the reply is complete", async () => {
    const within = await spoiled({ how: "truncate", afterBytes: 1_001 });
    expect([within.isComplete, within.bytes.length]).toEqual([true, 1_001]);
    const { bytes, isComplete } = await spoiled({ how: "truncate" });
    const { rows, count } = readRecords(bytes, types);
    expect([isComplete, rows.length, count]).toEqual([true, 150, undefined]);
  });

  it.each([
    [{ how: "no_footer" }, { count: undefined, wrongRecords: [], isOverallRight: undefined }],
    [{ how: "record_checksum" }, { count: 300, wrongRecords: [150], isOverallRight: true }],
    [
      { how: "record_checksum", row: 7 },
      { count: 300, wrongRecords: [7], isOverallRight: true },
    ],
    [{ how: "overall_checksum" }, { count: 300, wrongRecords: [], isOverallRight: false }],
    [{ how: "count" }, { count: 301, ...right }],
  ] as const)("%j: all rows arrive, and the checks say %j", async (spoil, checks) => {
    const { bytes, isComplete } = await spoiled(spoil);
    const { rows, ...found } = readRecords(bytes, types);
    expect([isComplete, rows.length]).toEqual([true, 300]);
    expect(found).toEqual(checks);
  });

  it("huge_value: half way, a text claims to be of 2 GiB", async () => {
    const whole = (await received()).bytes;
    const { bytes } = await spoiled({ how: "huge_value" });
    expect(() => readRecords(bytes, types)).toThrow("the stream ends within a value of 2147483647 bytes");
    const at = bytes.findIndex((byte, index) => byte !== whole[index]);
    // Tag and length of the second column, a string; the rest follows as if nothing had been.
    expect(bytes.subarray(at, at + 6).toString("hex")).toBe("12ffffffff07");
    expect(bytes.subarray(at + 6).equals(whole.subarray(at))).toBe(true);
  });

  it("huge_body: Content-Length promises more than comes", async () => {
    world.simulator.fault({ kind: "stream", spoil: { how: "huge_body", bytes: 10 ** 12 }, times: 1 });
    const res = await world.openAnswer(tunnel.read("medium", session));
    expect(res.headers["content-length"]).toBe("1000000000000");
    await expect(async () => {
      for await (const _ of res);
    }).rejects.toThrow("aborted");
    const { bytes, isComplete } = await spoiled({ how: "huge_body" });
    expect([isComplete, readRecords(bytes, types).count]).toEqual([false, 300]);
  });

  it("encoding: the header names one that the body is not in", async () => {
    world.simulator.fault({ kind: "stream", spoil: { how: "encoding", claims: "zstd" }, times: 1 });
    const answer = await world.ask(tunnel.read("medium", session));
    expect([answer.headers["content-encoding"], readRecords(answer.bytes, types).count]).toEqual(["zstd", 300]);
  });

  it("slow: nothing comes before its time", async () => {
    world.simulator.fault({ kind: "stream", spoil: { how: "slow", ms: 5_000 }, times: 1 });
    const res = await world.openAnswer(tunnel.read("medium", session));
    let bytes = 0;
    res.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    expect((await world.get("medium")).status).toBe(200);
    await world.clock.advance(4_999);
    expect((await world.get("medium")).status).toBe(200);
    expect(bytes).toBe(0);
    const ended = new Promise((resolve) => res.on("end", resolve));
    await world.clock.advance(1);
    await ended;
    expect(bytes).toBeGreaterThan(1_000);
  });
});

describe("faults of any request, kept to the tunnel", () => {
  it.each([500, 503, 429])("%d on opening a session, in the tunnel's own form", async (status) => {
    world.simulator.fault({ kind: "status", status, tunnel: "session", retryAfter: 2 });
    const refused = await tunnel.open("medium");
    const code = { 500: "InternalServerError", 503: "ServiceUnavailable", 429: "RequestQuotaExceeded" }[status];
    expect([refused.status, codeOf(refused), refused.headers["retry-after"]]).toEqual([status, code, "2"]);
    expect((await received()).isComplete).toBe(true);
    expect((await world.get("medium")).status).toBe(200);
  });

  it("a refused, throttled, late or vanished read leaves its session as it was", async () => {
    world.simulator.fault({ kind: "status", status: 503, tunnel: "read", times: 1 });
    world.simulator.fault({ kind: "throttle", tunnel: "read", times: 1 });
    world.simulator.fault({ kind: "cut", tunnel: "read", times: 1 });
    const [first, second] = [await world.ask(tunnel.read("medium", session)), await world.ask(tunnel.read("medium", session))];
    expect([first, second].map((answer) => [answer.status, codeOf(answer)])).toEqual([
      [503, "ServiceUnavailable"],
      [429, "RequestQuotaExceeded"],
    ]);
    await expect(received()).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(readRecords((await received()).bytes, types)).toMatchObject({ count: 300, ...right });
  });

  it("a fault for any reply cuts a stream short, or spoils its checksums", async () => {
    world.simulator.fault({ kind: "cut", at: "middle", tunnel: "read", times: 1 });
    world.simulator.fault({ kind: "truncate", tunnel: "read", times: 1 });
    world.simulator.fault({ kind: "malformed", tunnel: "read", times: 1 });
    const [cut, truncated, malformed] = [await received(), await received(), await received()];
    expect([cut.isComplete, truncated.isComplete, readRecords(truncated.bytes, types).rows.length]).toEqual([false, true, 150]);
    expect(readRecords(malformed.bytes, types).wrongRecords).toEqual([150]);
  });
});
