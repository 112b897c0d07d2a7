import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import type { ResultCsvOptions } from "../../../src/maxcompute/index.ts";
import { scalarTypes, type Table } from "../../support/tunnel-types.ts";
import { collect, failureOf, instanceId } from "../a-client.ts";
import { aTunnel, columnsOf, partsOf, refusal, scriptOf, sessionOf } from "./a-tunnel.ts";

const named = (...names: readonly string[]) => names.flatMap((name) => scalarTypes.filter((each) => each.name === name));

const table: Table = {
  types: named("bigint", "string", "double", "datetime", "boolean", "timestamp"),
  rows: [
    [-9_223_372_036_854_775_808n, 'a "b"', -0, { kind: "datetime", epochMs: Date.UTC(2026, 10, 22, 10, 20, 30) }, true, null],
    [null, "", 0.1, { kind: "datetime", epochMs: -1 }, false, { kind: "timestamp", seconds: 1, nanos: 1000 }],
    [7n, "=SUM(A1)", 1e21, null, null, { kind: "timestamp", seconds: -1, nanos: 0 }],
    [null, null, null, null, null, null],
  ],
};

const csvOf = async (of: Table, options?: ResultCsvOptions) => {
  const { client } = await aTunnel(scriptOf(of));
  return Buffer.concat(await collect(client.resultCsv(instanceId, options))).toString();
};

describe("a result as CSV", () => {
  it("has every value as its own text, NULL as nothing, and no formula", async () => {
    expect(await csvOf(table)).toBe(
      [
        "c0,c1,c2,c3,c4,c5",
        '-9223372036854775808,"a ""b""",-0,2026-11-22 10:20:30,true,',
        ',"",0.1,1969-12-31 23:59:59.999,false,1970-01-01 00:00:01.000001',
        "7,'=SUM(A1),1e+21,,,1969-12-31 23:59:59",
        ",,,,,",
        "",
      ].join("\r\n"),
    );
  });

  it.each([
    ["a byte order mark", { bom: true }, "\ufeffc0\r\n1\r\n\r\n"],
    ["no header", { header: false }, "1\r\n\r\n"],
    ["a word for NULL", { nullText: "NULL" }, "c0\r\n1\r\nNULL\r\n"],
    ["a word for NULL that has to be quoted", { nullText: "no,thing" }, 'c0\r\n1\r\n"no,thing"\r\n'],
    ["only as many rows as asked for", { limit: 1 }, "c0\r\n1\r\n"],
  ])("has %s when that is wanted", async (_, options, expected) => {
    expect(await csvOf({ types: named("bigint"), rows: [[1n], [null]] }, options)).toBe(expected);
  });

  it("of no rows is its header", async () => {
    expect(await csvOf({ ...table, rows: [] })).toBe("c0,c1,c2,c3,c4,c5\r\n");
  });

  it("replaces bytes that are no UTF-8, since the file is", async () => {
    const binary = named("binary").map((each) => ({ ...each, name: "string" }));
    expect(await csvOf({ types: binary, rows: [[Uint8Array.of(97, 0xff, 98)]] })).toBe("c0\r\na\ufffdb\r\n");
  });

  it("comes from an inline result just so", async () => {
    const csv = '"a","b"\n1,"x,y"\n\\N,"=1"\n';
    const xml = `<Instance><Tasks><Task Type="SQL"><Name>t</Name><Result Format="csv"><![CDATA[${csv}]]></Result></Task></Tasks></Instance>`;
    const { client } = await aTunnel({ result: { body: xml } });
    expect(Buffer.concat(await collect(client.resultCsv(instanceId, { columns: ["b", "a"] }))).toString()).toBe(
      'b,a\r\n"x,y",1\r\n\'=1,\r\n',
    );
  });

  it("asks nothing before it is read", async () => {
    const { client, server } = await aTunnel(scriptOf(table));
    const stream = client.resultCsv(instanceId);
    await new Promise((resolve) => setImmediate(resolve));
    expect(server.requests).toEqual([]);
    stream.destroy();
  });

  it("fails as the client does", async () => {
    const { client } = await aTunnel({ session: refusal(404, "NoSuchObject") });
    expect(await failureOf(collect(client.resultCsv(instanceId)))).toMatchObject({ name: "MaxComputeError", kind: "not-found" });
    expect(await failureOf(collect(client.resultCsv("")))).toMatchObject({ kind: "invalid" });
  });

  it("closes the connection at once when nobody wants the rest, even while it waits for more", async () => {
    const { client, server } = await aTunnel({
      session: { body: sessionOf(columnsOf(named("bigint")), 1000) },
      data: () => (response: ServerResponse) => void response.write(partsOf({ types: named("bigint"), rows: [[1n]] }).records[0]),
    });
    const stream = client.resultCsv(instanceId);
    for await (const _ of stream) if (stream.readableLength === 0 && server.requests.length === 3) break;
    for (let turn = 0; turn < 5000 && server.openConnections() > 1; turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    expect(server.openConnections()).toBeLessThanOrEqual(1);
  });

  it("does not read ahead of whoever reads it", async () => {
    const big = { types: named("string"), rows: [["x".repeat(50_000)]] };
    const [record] = partsOf(big).records;
    let written = 0;
    const { client } = await aTunnel({
      session: { body: sessionOf(columnsOf(big.types), 100_000) },
      data: () => (response: ServerResponse) => {
        const go = () => {
          while (!response.destroyed && written < 4000) {
            written += 1;
            if (!response.write(record)) break;
          }
        };
        response.on("drain", go);
        go();
      },
    });
    const stream = client.resultCsv(instanceId);
    await new Promise((resolve) => stream.once("readable", resolve));
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThan(400);
    stream.destroy();
  });
});
