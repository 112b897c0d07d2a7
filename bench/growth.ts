// What a watch costs as there are more of them: a tick, and the parts that it hands out, from 100 watches to 100,000, one in a hundred ending.
import type { Bar, Bench, Report, Row } from "./bench.ts";
import { median } from "./median.ts";
import { type Measured, openStage } from "./watching/stage.ts";
import { untold } from "./watching/untold.ts";

const sizes = [100, 1_000, 10_000, 100_000];
const rounds = 3;
/** Where many watch, there are many channels: in each a few end, and none has so many ends in a minute that they are folded. */
const watchesInChannel = 100;

export type Grown = { readonly watches: number; readonly found: readonly Measured[] };

const of = ({ found }: Grown, read: (one: Measured) => number): number => median(found.map(read));
const calls = ({ pages, calls: others }: Measured): number => pages + others;
const requests = ({ reads, writes }: Measured): number => reads + writes;
const each = (size: Grown, read: (one: Measured) => number): number => of(size, read) / size.watches;

function rowOf(size: Grown): Row {
  const perThousand = (read: (one: Measured) => number): string => (1_000 * each(size, read)).toFixed(1);
  return {
    what: `${size.watches.toLocaleString("en-US")} watches`,
    values: {
      processes: String(of(size, ({ processes }) => processes)),
      "calls a 1,000": perThousand(calls),
      "reads a 1,000": perThousand(({ reads }) => reads),
      "writes a 1,000": perThousand(({ writes }) => writes),
      "processor ms a watch": each(size, ({ cpuMs }) => cpuMs).toFixed(2),
      time: `${(of(size, ({ ms }) => ms) / 1_000).toFixed(1)} s`,
      "peak memory": `${of(size, ({ peakMb }) => peakMb).toFixed(0)} MB`,
    },
  };
}

const costs: readonly { readonly what: string; readonly read: (one: Measured) => number }[] = [
  { what: "calls of MaxCompute", read: calls },
  { what: "requests to the store", read: requests },
  { what: "processor time", read: ({ cpuMs }) => cpuMs },
];

export function barsOf(grown: readonly Grown[]): readonly Bar[] {
  const largest = grown.at(-1);
  const falls = grown.flatMap((size, index) => {
    const before = grown[index - 1];
    if (before === undefined) return [];
    const from = `${before.watches.toLocaleString("en-US")} to ${size.watches.toLocaleString("en-US")}`;
    return costs.map(({ what, read }) => ({
      what: `${what} a watch, ${from}`,
      measured: each(size, read) / each(before, read),
      limit: 1,
    }));
  });
  if (largest === undefined) return falls;
  return [
    ...grown.map(({ watches, found }) => untold(watches / 100, found)),
    ...falls,
    { what: "time of the largest, of a minute", measured: of(largest, ({ ms }) => ms) / 60_000, limit: 1 },
    { what: "peak memory of the largest process, of 256 MB", measured: of(largest, ({ peakMb }) => peakMb) / 256, limit: 1 },
  ];
}

export async function measureGrowth(watches: readonly number[], most: number, say: (text: string) => void): Promise<Report> {
  const grown: Grown[] = [];
  for (const count of watches) {
    const ending = count / 100;
    const stage = await openStage({ watches: count, ending, channels: count / watchesInChannel });
    try {
      const found: Measured[] = [];
      for (let round = 0; round < most; round += 1) {
        say(`${count} watches, round ${round + 1} of ${most}`);
        found.push(await stage.tick({ store: "dynamo", isPaced: false, hasTurns: false }));
      }
      grown.push({ watches: count, found });
    } finally {
      await stage.close();
    }
  }
  return {
    title: `What a watch costs in a minute, from ${watches[0]} to ${watches.at(-1)?.toLocaleString("en-US")}`,
    rows: grown.map(rowOf),
    bars: barsOf(grown),
  };
}

export const growth: Bench = {
  about: "what a watch costs, from 100 of them to 100,000",
  run: (say) => measureGrowth(sizes, rounds, say),
};
