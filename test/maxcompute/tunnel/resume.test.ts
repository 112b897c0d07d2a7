import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { RecordedAnswer } from "../../support/recorded-server.ts";
import { scalarTypes, type Table } from "../../support/tunnel-types.ts";
import { collect, failureOf, instanceId, testNow } from "../a-client.ts";
import { aTunnel, partsOf, refusal, scriptOf, streamOf } from "./a-tunnel.ts";

const bigint = scalarTypes.filter(({ name }) => name === "bigint");
const numbers: Table = { types: bigint, rows: Array.from({ length: 5 }, (_, index) => [BigInt(index)]) };

/** Whole records from `start`, then the connection is destroyed; a few bytes of the next one may have come. */
const cutAfter = (start: number, count: number, bytesMore = 0): RecordedAnswer => {
  const { records, footer } = partsOf(numbers, start);
  const rest = Buffer.concat([...records.slice(count), footer]).subarray(0, bytesMore);
  return (response) => {
    response.setHeader("x-odps-request-id", "RQ-CUT");
    response.write(Buffer.concat([...records.slice(0, count), rest]), () => setImmediate(() => response.destroy()));
  };
};

const ranges = (requests: readonly { target: string }[]) =>
  requests.flatMap(({ target }) => new URL(`http://x${target}`).searchParams.get("rowrange") ?? []);

describe("a stream of records that breaks off", () => {
  it("is taken up after the last whole record, and no row comes twice", async () => {
    const { client, server, sleeps } = await aTunnel({
      ...scriptOf(numbers),
      data: ({ start, count }, index) => (index === 0 ? cutAfter(0, 2, 3) : { body: streamOf(numbers, start, count) }),
    });
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(numbers.rows);
    expect(ranges(server.requests)).toEqual(["(0,5)", "(2,3)"]);
    expect(sleeps).toEqual([100]);
  });

  it("is taken up in a CSV as well", async () => {
    const { client } = await aTunnel({
      ...scriptOf(numbers),
      data: ({ start }, index) => (index < 3 ? cutAfter(start, 1, 2) : { body: streamOf(numbers, start) }),
    });
    expect(Buffer.concat(await collect(client.resultCsv(instanceId))).toString()).toBe("c0\r\n0\r\n1\r\n2\r\n3\r\n4\r\n");
  });

  it("just before its end is asked for the end, since only that proves it complete", async () => {
    const { client, server } = await aTunnel({
      ...scriptOf(numbers),
      data: ({ start, count }, index) => (index === 0 ? cutAfter(0, 5, 4) : { body: streamOf(numbers, start, count) }),
    });
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(numbers.rows);
    expect(ranges(server.requests)).toEqual(["(0,5)", "(4,1)"]);
  });

  it("is given up after four repetitions that brought nothing", async () => {
    const { client, sleeps, server } = await aTunnel({ ...scriptOf(numbers), data: () => cutAfter(0, 0, 1) });
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({
      kind: "unreachable",
      requestId: "RQ-CUT",
      instanceId,
    });
    expect(sleeps).toEqual([100, 200, 400, 800]);
    expect(ranges(server.requests)).toHaveLength(5);
  });

  it("is not taken up when repetition is switched off", async () => {
    const { client, sleeps } = await aTunnel({ ...scriptOf(numbers), data: () => cutAfter(0, 1) }, { retries: 0 });
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({ kind: "unreachable" });
    expect(sleeps).toEqual([]);
  });

  it("by falling silent is taken up too", async () => {
    const { client } = await aTunnel(
      {
        ...scriptOf(numbers),
        data: ({ start }, index) =>
          index === 0 ? (response) => void response.write(partsOf(numbers).records[0]) : { body: streamOf(numbers, start) },
      },
      { timeouts: { requestMs: 700 } },
    );
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(numbers.rows);
  });

  it("is given up when the time is up", async () => {
    const { client } = await aTunnel({ ...scriptOf(numbers), data: () => cutAfter(0, 0) });
    const { rows } = await client.withDeadline(testNow + 250).openResult(instanceId);
    expect(await failureOf(collect(rows))).toMatchObject({ kind: "timeout", cause: { kind: "unreachable" } });
  });

  it.each([
    ["without its footers", (start: number) => Buffer.concat(partsOf(numbers, start).records)],
    [
      "with the first footer only",
      (start: number) => Buffer.concat([...partsOf(numbers, start).records, partsOf(numbers, start).footer.subarray(0, 5)]),
    ],
  ])("in good order, but %s, is no result", async (_, body) => {
    const { client } = await aTunnel({
      ...scriptOf(numbers),
      data: ({ start }) => ({ headers: { "x-odps-request-id": "RQ-SHORT" }, body: body(start) }),
    });
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({
      kind: "malformed",
      requestId: "RQ-SHORT",
      message: expect.stringContaining("before they are complete"),
    });
  });
});

describe("a stream of records that is wrong", () => {
  const withByte = (at: number, byte: number) => {
    const bytes = Buffer.from(streamOf(numbers));
    bytes[at] = byte;
    return bytes;
  };
  const fewer: Table = { ...numbers, rows: numbers.rows.slice(0, 4) };
  const more: Table = { ...numbers, rows: [...numbers.rows, [9n]] };

  it.each([
    ["has another value than its checksum says", withByte(1, 2)],
    ["has fewer rows than the session promised", streamOf(fewer)],
    ["has more rows than the session promised", streamOf(more)],
    ["goes on after its end", Buffer.concat([streamOf(numbers), Buffer.from([8])])],
  ])("because it %s is malformed, and not asked for again", async (_, body) => {
    const { client, sleeps } = await aTunnel({
      ...scriptOf(numbers),
      data: () => ({ headers: { "x-odps-request-id": "RQ-BAD" }, body }),
    });
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({
      kind: "malformed",
      requestId: "RQ-BAD",
      instanceId,
      httpStatus: 200,
    });
    expect(sleeps).toEqual([]);
  });

  it("tells no row of which the checksum is wrong, even when the next ones are right", async () => {
    const { client } = await aTunnel({ ...scriptOf(numbers), data: () => ({ body: withByte(1, 2) }) }, { retries: 0 });
    const rows: unknown[] = [];
    const reading = async () => {
      for await (const row of (await client.openResult(instanceId)).rows) rows.push(row);
    };
    expect(await failureOf(reading())).toMatchObject({ message: expect.stringContaining("a record whose checksum is wrong") });
    expect(rows).toEqual([]);
  });

  it("because a value is larger than is read is too large", async () => {
    const { client } = await aTunnel(
      { ...scriptOf({ types: scalarTypes.filter(({ name }) => name === "string"), rows: [["x".repeat(2000)]] }) },
      { maxResponseBytes: 1000 },
    );
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({
      kind: "too-large",
      requestId: "RQ-DATA",
    });
  });

  it("is refused as the service says, after the repetitions of a read", async () => {
    const { client, sleeps } = await aTunnel({ ...scriptOf(numbers), data: () => refusal(500, "InternalServerError") });
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({
      kind: "server",
      code: "InternalServerError",
    });
    expect(sleeps).toHaveLength(4);
  });
});

describe("a compressed stream of records", () => {
  const compressed = (body: Uint8Array): RecordedAnswer => ({
    headers: { "content-encoding": "deflate", "x-odps-request-id": "RQ-Z" },
    body,
  });

  it("is asked for when that is wanted, and undone", async () => {
    const { client, server } = await aTunnel(
      { ...scriptOf(numbers), data: () => compressed(deflateSync(streamOf(numbers))) },
      { compressTunnel: true },
    );
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(numbers.rows);
    expect(server.requests.at(-1)?.headers["accept-encoding"]).toBe("deflate");
  });

  it("may come plain all the same", async () => {
    const { client } = await aTunnel(scriptOf(numbers), { compressTunnel: true });
    expect(await collect((await client.openResult(instanceId)).rows)).toEqual(numbers.rows);
  });

  it("is malformed when nobody asked for it", async () => {
    const { client, server } = await aTunnel({ ...scriptOf(numbers), data: () => compressed(deflateSync(streamOf(numbers))) });
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({
      kind: "malformed",
      requestId: "RQ-Z",
    });
    expect(server.requests.at(-1)?.headers["accept-encoding"]).toBeUndefined();
  });

  it("that is cut is taken up, and one that is broken is malformed", async () => {
    const whole = deflateSync(streamOf(numbers));
    const cut = await aTunnel(
      {
        ...scriptOf(numbers),
        data: ({ start }, index) => compressed(index === 0 ? whole.subarray(0, -5) : deflateSync(streamOf(numbers, start))),
      },
      { compressTunnel: true },
    );
    expect(await collect((await cut.client.openResult(instanceId)).rows)).toEqual(numbers.rows);
    const broken = await aTunnel(
      { ...scriptOf(numbers), data: () => compressed(Buffer.from("not zlib at all")) },
      { compressTunnel: true },
    );
    expect(await failureOf(collect((await broken.client.openResult(instanceId)).rows))).toMatchObject({
      kind: "malformed",
      requestId: "RQ-Z",
    });
  });

  it("of much nothing is undone a piece at a time", async () => {
    const bomb = deflateSync(Buffer.concat([Buffer.from([0x0a, 0x80, 0x80, 0x80, 0x80, 0x04]), Buffer.alloc(32 * 1024 * 1024)]));
    const strings = { types: scalarTypes.filter(({ name }) => name === "string"), rows: [["x"]] };
    const { client } = await aTunnel(
      { ...scriptOf(strings), data: () => compressed(bomb) },
      { compressTunnel: true, maxResponseBytes: 1024 * 1024 },
    );
    const before = process.memoryUsage().rss;
    expect(await failureOf(collect((await client.openResult(instanceId)).rows))).toMatchObject({ kind: "too-large" });
    expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
  });
});
