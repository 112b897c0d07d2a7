import { describe, expect, it } from "vitest";
import type { ResultValue } from "../../src/maxcompute/index.ts";
import { parseType } from "../../src/maxcompute/tunnel/parse-type.ts";
import { RecordDecoder } from "../../src/maxcompute/tunnel/record-decoder.ts";
import { createRowCollector } from "../../src/maxcompute/tunnel/row-collector.ts";
import { collect, failureOf, instanceId } from "../maxcompute/a-client.ts";
import { aTunnel, sessionOf } from "../maxcompute/tunnel/a-tunnel.ts";
import { casesToMatch, recordedCases } from "./vectors.ts";

type Recorded = null | boolean | number | string | readonly Recorded[] | { readonly [tag: string]: Recorded };
type Input = { columns: { name: string; type: string }[]; hex: string };
type Expected = { rows?: Recorded[][]; error?: { class: string } };

/** One of our values as the recording tags it. */
const asRecorded = (value: ResultValue): unknown => {
  if (value === null || typeof value !== "object") return typeof value === "bigint" ? small(value) : value;
  if (value instanceof Uint8Array) return { hex: Buffer.from(value).toString("hex") };
  if (!("kind" in value)) return value.map(asRecorded);
  if (value.kind === "map") return { map: value.entries.map(([key, each]) => [asRecorded(key), asRecorded(each)]) };
  if (value.kind === "struct") return { struct: value.fields.map(([, each]) => asRecorded(each)) };
  if (value.kind === "date") return { date: new Date(value.days * 86_400_000).toISOString().slice(0, 10) };
  if (value.kind === "datetime") return { datetimeUtc: value.epochMs };
  return value;
};

const small = (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : { bigint: String(value) });

/** The recording's spellings of the same: times as numbers, 64-bit integers as text. */
const plain = (value: Recorded): unknown => {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(plain);
  const [[tag = "", content = null] = []] = Object.entries(value);
  if (tag === "datetimeUtc") return { datetimeUtc: Date.parse(`${String(content).replace(" ", "T").replace(/Z$/, "")}Z`) };
  if (tag === "bigint") return { bigint: String(content) };
  if (tag === "decimal") return content;
  return { [tag]: plain(content) };
};

const open = async ({ columns, hex }: Input, rowCount: number) => {
  const { client } = await aTunnel({
    session: { body: sessionOf(columns, rowCount) },
    data: () => ({ headers: { "x-odps-request-id": "RQ1" }, body: Buffer.from(hex, "hex") }),
  });
  return client.openResult(instanceId);
};

describe("a record stream", () => {
  it.each(casesToMatch<Input, Expected>("tunnel_protobuf.json"))("$name", async ({ input, expected }) => {
    const result = await open(input, expected.rows?.length ?? 1);
    if (expected.error !== undefined) {
      expect(await failureOf(collect(result.rows))).toMatchObject({ kind: "malformed", requestId: "RQ1" });
      return;
    }
    expect((await collect(result.rows)).map((row) => row.map(asRecorded))).toEqual(expected.rows?.map((row) => row.map(plain)));
  });

  it.each(
    casesToMatch<Input, Expected>("tunnel_protobuf.json").filter(
      ({ input, expected }) => input.hex !== "" && expected.rows?.length === 0,
    ),
  )("of no rows is complete all the same, though nobody asks for it: $name", ({ input }) => {
    const { sink, take } = createRowCollector(input.columns.length);
    const decoder = new RecordDecoder(
      input.columns.map(({ type }) => parseType(type)),
      sink,
      1024,
    );
    decoder.push(Buffer.from(input.hex, "hex"));
    decoder.finish();
    expect(decoder.isComplete).toBe(true);
    expect(take()).toEqual([]);
  });

  it.each(recordedCases<Input, Expected>("tunnel_protobuf.json").filter(({ name }) => name.startsWith("truncated-")))(
    "that is cut is an error, not a shorter result: $name",
    async ({ input }) => {
      const result = await open(input, 1);
      expect(await failureOf(collect(result.rows))).toMatchObject({ kind: "malformed", requestId: "RQ1", instanceId });
    },
  );
});
