// One page of 10,000 instances, from bytes to Instances: the client's decoder beside fast-xml-parser with the same mapping behind it.
import { XMLParser } from "fast-xml-parser";
import { decodeListing } from "../src/maxcompute/decode/listing.ts";
import type { Bench } from "./bench.ts";
import { aListing } from "./list/a-listing.ts";
import { median } from "./median.ts";

const instances = 10_000;
const rounds = 25;
const warmUp = 5;

type Decoded = readonly { readonly id: string; readonly startTime?: number | undefined }[];
type Decoder = { readonly name: string; readonly decode: (body: Uint8Array) => Decoded };

type ParsedInstance = { Name: string; Owner: string; Status: string; StartTime: string; EndTime: string };

// Values stay text: guessing at numbers would only cost the opponent time.
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "Instance" });
const optionalTime = (text: string): number | undefined => (text === "" ? undefined : Date.parse(text));

const ours: Decoder = { name: "ours, strict", decode: (body) => decodeListing(body, "demo_project").instances };
const opponent: Decoder = {
  name: "fast-xml-parser",
  decode(body) {
    const { Instances } = parser.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
    return Instances.Instance.map(({ Name, Owner, Status, StartTime, EndTime }: ParsedInstance) => ({
      id: Name,
      project: "demo_project",
      owner: Owner,
      status: Status,
      startTime: optionalTime(StartTime),
      endTime: optionalTime(EndTime),
    }));
  },
};

function time({ name, decode }: Decoder, body: Uint8Array): number {
  const from = performance.now();
  const decoded = decode(body);
  const took = performance.now() - from;
  const last = decoded.at(-1);
  if (decoded.length !== instances || last?.startTime === undefined) throw new Error(`${name} read something else`);
  return took;
}

export const list: Bench = {
  about: "decode a page of 10,000 instances, beside fast-xml-parser",
  async run(say) {
    const body = aListing(instances);
    const times = new Map<Decoder, number[]>([
      [ours, []],
      [opponent, []],
    ]);
    say(`${rounds} rounds of two, ${(body.byteLength / 1_000_000).toFixed(1)} MB each`);
    for (let round = -warmUp; round < rounds; round += 1) {
      const turn = round % 2 === 0 ? [ours, opponent] : [opponent, ours];
      for (const decoder of turn) {
        const took = time(decoder, body);
        if (round >= 0) times.get(decoder)?.push(took);
      }
    }
    const of = (decoder: Decoder): number => median(times.get(decoder) ?? []);
    const row = (decoder: Decoder) => ({
      what: decoder.name,
      values: { median: `${of(decoder).toFixed(1)} ms`, "of ours": `${(of(decoder) / of(ours)).toFixed(1)}x` },
    });
    return {
      title: `A listing of ${instances.toLocaleString("en-US")} instances, from bytes to Instances`,
      rows: [row(ours), row(opponent)],
      bars: [{ what: `time, of ${opponent.name}`, measured: of(ours) / of(opponent), limit: 1 / 4 }],
    };
  },
};
