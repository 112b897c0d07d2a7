import { once } from "node:events";
import { createServer } from "node:http";
import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMaxComputeSimulator } from "../../../../src/simulator/maxcompute/index.ts";
import { manualClock } from "../../../support/manual-clock.ts";
import { recordedCases } from "../../../vectors/vectors.ts";
import { aSimulator, requestsTo } from "../wire.ts";
import { readRecords } from "./record-reader.ts";
import { codeOf, tunnelOf, versionHeader } from "./tunnel-wire.ts";

let world: Awaited<ReturnType<typeof aSimulator>>;
let tunnel: ReturnType<typeof tunnelOf>;
beforeAll(async () => {
  world = await aSimulator();
  tunnel = tunnelOf(world);
});
afterAll(() => world.simulator.close());

const typesOf = async (scenario: string): Promise<string[]> => {
  const { Schema } = JSON.parse((await tunnel.open(scenario)).body);
  return Schema.columns.map(({ type }: { type: string }) => type);
};
const right = { wrongRecords: [], isOverallRight: true };
const largeTypes = ["bigint", "string", "decimal", "double", "boolean", "datetime", "string", "string"];

describe("the records", () => {
  it("of success are the rows of its inline result", async () => {
    const answer = await tunnel.records("success");
    expect([answer.status, answer.headers["content-type"], answer.headers["content-encoding"]]).toEqual([
      200,
      "application/octet-stream",
      undefined,
    ]);
    const read = readRecords(answer.bytes, await typesOf("success"));
    expect(read).toMatchObject({ count: 5, ...right });
    expect(read.rows.map((row) => row.slice(0, 5))).toEqual([
      [1n, "Ann", "12.5", 0.25, true],
      [2n, 'Bob "the builder"', "1999.99", 1, false],
      [3n, "Çelik", "0", -0.5, true],
      [4n, "", "7", null, null],
      [9_007_199_254n, "王小明", "3", 2.5, false],
    ]);
    expect(read.rows.map((row) => row.slice(5))).toEqual([
      [BigInt(Date.UTC(2026, 10, 20, 8, 15)), null],
      [BigInt(Date.UTC(2026, 10, 20, 9, 0, 1)), "two words, one comma"],
      [BigInt(Date.UTC(2026, 10, 21)), "first line\nsecond line"],
      [null, "\\N is not always NULL"],
      [BigInt(Date.UTC(2026, 10, 21, 23, 59, 59)), "<b>&amp;</b>"],
    ]);
  });

  it("of document are the documented ones", async () => {
    const { bytes } = await tunnel.records("document");
    expect(readRecords(bytes, await typesOf("document")).rows).toEqual([[4.9, 3, 1.4, 0.2, "Iris-setosa"]]);
  });

  it("of a submitted select are its number, encoded as it was recorded", async () => {
    const created = await world.ask({
      method: "POST",
      path: "/projects/demo_project/instances",
      body: "<Instance><Job><Tasks><SQL><Name>t</Name><Query>select 1;</Query></SQL></Tasks></Job></Instance>",
      headers: { "content-type": "application/xml" },
    });
    await world.clock.advance(10_000);
    const { bytes } = await tunnel.records(String(created.headers.location).split("/").at(-1) ?? "");
    const recorded = recordedCases<{ hex: string }, unknown>("tunnel_protobuf.json").find(({ name }) => name === "one-bigint");
    expect(bytes.toString("hex")).toBe(recorded?.input.hex);
  });

  it("of types hold every type, NULL, both ends of each range, empty values and nested ones", async () => {
    const types = await typesOf("types");
    expect(new Set(types.map((type) => type.split(/[<(]/)[0]))).toEqual(
      new Set(
        (
          "tinyint smallint int bigint float double boolean decimal string varchar char binary json datetime date timestamp " +
          "timestamp_ntz interval_day_time interval_year_month array map struct vector"
        ).split(" "),
      ),
    );
    const { rows, ...footer } = readRecords((await tunnel.records("types")).bytes, types);
    expect(footer).toEqual({ count: 6, ...right });
    const column = (type: string): unknown[] => rows.map((row) => row[types.indexOf(type)]);
    expect(rows[1]).toEqual(types.map(() => null));
    expect(column("bigint")).toEqual([4n, null, 1n - 2n ** 63n, 2n ** 63n - 1n, 0n, 2n ** 53n + 1n]);
    expect(column("float").slice(0, 1)).toEqual([1.25]);
    expect(column("double")[5]).toBeNaN();
    expect(column("decimal(38,18)")[5]).toBe("0.000000000000000001");
    expect(column("string")[5]).toBe('=HYPERLINK("http://example.com","a")');
    expect(column("binary")[5]).toBe("00ff0a0d22");
    expect(column("datetime").slice(4)).toEqual([0n, -999n]);
    expect(column("date")).toEqual([20_777n, null, -719_162n, 2_932_896n, 0n, 19_782n]);
    expect(column("timestamp")[0]).toEqual([BigInt(Date.UTC(2026, 10, 20, 8, 15) / 1_000), 123_456_789n]);
    expect(column("timestamp")[5]).toEqual([-1n, 1n]);
    expect(column("interval_day_time")).toEqual([
      [93_784n, 5n],
      null,
      [-8_640_000n, 0n],
      [8_640_086_399n, 999_999_999n],
      [0n, 0n],
      [-86_402n, 500_000_000n],
    ]);
    expect(column("interval_year_month")).toEqual([30n, null, -119_999n, 119_999n, 0n, -1n]);
    expect(column("array<string>")[3]).toEqual(["x", null, "z"]);
    expect(column("map<string,bigint>").slice(3)).toEqual([[["high", 2n ** 63n - 1n]], [], [["__proto__", null]]]);
    expect(column("struct<p:bigint,q:string>")[2]).toEqual([null, null]);
    expect(column("vector(float,3)")[0]).toEqual([0.5, -0.25, 1]);
    const [deep] = column("array<struct<at:timestamp,tags:map<string,array<int>>,ok:boolean>>");
    expect(deep).toEqual([
      [
        [BigInt(Date.UTC(2026, 10, 20, 8, 15) / 1_000), 123_456_789n],
        [
          ["a", [1n, null, 3n]],
          ["b", []],
        ],
        true,
      ],
    ]);
  });

  it("of large are numbered, all there, and the inline ones besides", async () => {
    const id = world.simulator.start("large", { rows: 12_000 });
    const { bytes } = await tunnel.records(id);
    const { rows, ...footer } = readRecords(bytes, largeTypes);
    expect(footer).toEqual({ count: 12_000, ...right });
    expect(rows.every(([number], n) => number === BigInt(n + 1))).toBe(true);
    const inline = (await world.get(id, ["result", ""])).body;
    const csv = Buffer.from(/CDATA\[([^\]]+)/.exec(inline)?.[1] ?? "", "base64").toString();
    expect(csv.split("\n")[7]).toBe(
      `7,"${rows[6]?.[1]}","${rows[6]?.[2]}",${rows[6]?.[3]},true,"2026-01-01 13:11:54","Zürich","=1+1"`,
    );
  });
});

describe("a part of them", () => {
  it("is a range of rows, with a footer of its own", async () => {
    const { rows, ...footer } = readRecords((await tunnel.records("large", ["rowrange", "(999995,5)"])).bytes, largeTypes);
    expect(footer).toEqual({ count: 5, ...right });
    expect(rows.map(([number]) => number)).toEqual([999_996n, 999_997n, 999_998n, 999_999n, 1_000_000n]);
    const none = readRecords((await tunnel.records("large", ["rowrange", "(1000000,0)"])).bytes, largeTypes);
    expect(none).toEqual({ rows: [], count: 0, ...right });
  });

  it("is some of the columns, in the order that is asked for", async () => {
    const columns = ["columns", "customer,ID"] as const;
    const { rows } = readRecords((await tunnel.records("success", columns)).bytes, ["string", "bigint"]);
    expect(rows[1]).toEqual(['Bob "the builder"', 2n]);
    const empty = readRecords((await tunnel.records("success", ["columns", ""])).bytes, await typesOf("success"));
    expect(empty.rows[0]).toHaveLength(7);
  });

  it.each([
    ["rowrange", "(0,6)", "InvalidRowRange"],
    ["rowrange", "(5,1)", "InvalidRowRange"],
    ["rowrange", "(-1,1)", "InvalidRowRange"],
    ["rowrange", "0,5", "InvalidRowRange"],
    ["columns", "id,nothing", "InvalidColumnSpec"],
    ["columns", "id,id", "InvalidColumnSpec"],
    ["arrow", "", "MethodNotAllowed"],
  ])("cannot be %s=%s: %s", async (name, value, code) => {
    expect(codeOf(await tunnel.records("success", [name, value]))).toBe(code);
  });
});

describe("on the way", () => {
  const encodedAs = async (encoding: string) =>
    world.ask({
      ...tunnel.wanted(
        "medium",
        "GET",
        [
          ["downloadid", await tunnel.idOf("medium")],
          ["data", ""],
        ],
        { "accept-encoding": encoding },
      ),
    });

  it("they are deflated when that is asked for, and only then", async () => {
    const types = ["bigint", "string", "double"];
    const deflated = await encodedAs("deflate");
    expect(deflated.headers["content-encoding"]).toBe("deflate");
    expect(readRecords(inflateSync(deflated.bytes), types)).toMatchObject({ count: 300, ...right });
    for (const other of ["gzip, deflate", "zstd"]) {
      const raw = await encodedAs(other);
      expect(raw.headers["content-encoding"]).toBeUndefined();
      expect(readRecords(raw.bytes, types).count).toBe(300);
    }
  });

  it.each(["identity", "deflate"])(
    "they are made as they are taken: a reader of a billion rows may go away (%s)",
    async (encoding) => {
      const clock = manualClock();
      const simulator = createMaxComputeSimulator({ clock });
      const handled: Promise<void>[] = [];
      const server = createServer((req, res) => handled.push(simulator.handle(req, res)));
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const address = server.address();
      const url = `http://127.0.0.1:${address === null || typeof address === "string" ? 0 : address.port}`;
      const { ask, openAnswer } = requestsTo({ ...simulator, url }, clock.now);
      const path = `/projects/demo_project/instances/${simulator.start("large", { rows: 1_000_000_000 })}`;
      const wanted = { path, headers: { ...versionHeader, "accept-encoding": encoding }, at: "root" } as const;
      const opened = await ask({ ...wanted, method: "POST", query: [["downloads", ""]] });
      const { DownloadID: id, RecordCount: count } = JSON.parse(opened.body);
      expect(count).toBe(1_000_000_000);
      const res = await openAnswer({
        ...wanted,
        query: [
          ["data", ""],
          ["downloadid", id],
        ],
      });
      let bytes = 0;
      for await (const chunk of res) {
        bytes += chunk.length;
        if (bytes > 500_000) break;
      }
      await Promise.all(handled);
      server.close();
    },
  );
});
