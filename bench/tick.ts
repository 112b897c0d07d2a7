// One tick over 10,000 watched instances of one project, 100 of which have ended unnoticed, beside the plain loop that asks each of them.
import type { Bar, Bench, Report, Row } from "./bench.ts";
import { median } from "./median.ts";
import type { Size } from "./watching/places.ts";
import { type Measured, openStage, type Round, type Stage } from "./watching/stage.ts";
import { untold } from "./watching/untold.ts";

const rounds = 3;
/** Pages of a listing have so many instances. */
const pageSize = 1_000;

type Kind = { readonly what: string; readonly round: Round };

const off = { isPaced: false, hasTurns: false };
/** The one that the bars are for. */
const judged: Kind = { what: "DynamoDB, Slack's limits off", round: { store: "dynamo", ...off } };
/** The judged one first. */
export const every: readonly Kind[] = [
  judged,
  { what: "DynamoDB, Slack's limits on", round: { store: "dynamo", ...off, isPaced: true } },
  { what: "SQLite, Slack's limits off", round: { store: "sqlite", ...off } },
  { what: "SQLite, Slack's limits on", round: { store: "sqlite", ...off, isPaced: true } },
  // Nobody trusts a listing for more than ten minutes: what that adds to a minute of ten.
  { what: "DynamoDB, and a tenth of all looked at", round: { store: "dynamo", ...off, hasTurns: true } },
];

type Loop = Awaited<ReturnType<Stage["loop"]>>;

const middle = <T>(of: (one: T) => number, found: readonly T[]): number => median(found.map(of));
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const mb = (value: number): string => `${value.toFixed(0)} MB`;

function rowOf(what: string, found: readonly Measured[]): Row {
  const of = (read: (one: Measured) => number): number => middle(read, found);
  return {
    what,
    values: {
      pages: String(of(({ pages }) => pages)),
      "other calls": String(of(({ calls }) => calls)),
      "store reads": String(of(({ reads }) => reads)),
      "store writes": String(of(({ writes }) => writes)),
      told: String(of(({ posts }) => posts)),
      edits: String(of(({ edits }) => edits)),
      time: seconds(of(({ ms }) => ms)),
      "peak memory": mb(of(({ peakMb }) => peakMb)),
    },
  };
}

const loopRow = (what: string, found: readonly Loop[]): Row => ({
  what,
  values: {
    "other calls": String(middle(({ calls }) => calls, found)),
    time: seconds(middle(({ ms }) => ms, found)),
    "peak memory": mb(middle(({ peakMb }) => peakMb, found)),
  },
});

export function barsOf({ watches, ending }: Size, ours: readonly Measured[], loop: readonly Loop[]): readonly Bar[] {
  const of = (read: (one: Measured) => number): number => middle(read, ours);
  const loopCalls = middle(({ calls }) => calls, loop);
  return [
    untold(ending, ours),
    { what: "listing pages, of the project's", measured: of(({ pages }) => pages) / Math.ceil(watches / pageSize), limit: 1 },
    { what: "other calls, of four an ended instance", measured: of(({ calls }) => calls) / (4 * ending), limit: 1 },
    {
      what: "store writes, of six an ended instance and 20",
      measured: of(({ writes }) => writes) / (6 * ending + 20),
      limit: 1,
    },
    { what: "peak memory, of 160 MB", measured: of(({ peakMb }) => peakMb) / 160, limit: 1 },
    {
      what: "calls of MaxCompute, of the plain loop's",
      measured: of(({ pages, calls }) => pages + calls) / loopCalls,
      limit: 1 / 20,
    },
    { what: "time, of the plain loop's", measured: of(({ ms }) => ms) / middle(({ ms }) => ms, loop), limit: 1 / 10 },
  ];
}

/** `loopRounds` of the plain loop run side by side: it waits nearly all of its time. */
export async function measureTick(
  size: Size,
  most: number,
  say: (text: string) => void,
  kinds: readonly Kind[] = every,
): Promise<Report> {
  const stage = await openStage(size);
  try {
    const found = new Map<Kind, Measured[]>(kinds.map((kind) => [kind, []]));
    const eight: Loop[] = [];
    for (let round = 0; round < most; round += 1) {
      say(`round ${round + 1} of ${most}`);
      for (const kind of kinds) found.get(kind)?.push(await stage.tick(kind.round));
      eight.push(await stage.loop(8));
    }
    say("the plain loop, whole");
    const loop = await stage.loops(most);
    return {
      title: `One tick over ${size.watches.toLocaleString("en-US")} watched instances, ${size.ending} of which have ended`,
      rows: [
        ...kinds.map((kind) => rowOf(kind.what, found.get(kind) ?? [])),
        loopRow("the plain loop", loop),
        loopRow("the plain loop, eight at a time", eight),
      ],
      bars: barsOf(size, found.get(judged) ?? [], loop),
    };
  } finally {
    await stage.close();
  }
}

export const tick: Bench = {
  about: "one tick over 10,000 watched instances, beside the plain loop",
  run: (say) => measureTick({ watches: 10_000, ending: 100, channels: 100 }, rounds, say),
};
