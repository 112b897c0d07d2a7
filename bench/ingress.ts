// The packaged ingress in a fresh process, beside the example of Bolt's documentation, the same handler bundled whole, and one written by
// hand; then warm, beside the example.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { doorVariables, lambdaVariables } from "../test/build/lambda-variables.ts";
import { type LoopbackAws, loopbackAws } from "../test/build/loopback-aws.ts";
import { signedEvent, slashCommand } from "../test/build/signed-event.ts";
import type { Bar, Bench, Row } from "./bench.ts";
import { type Cold, measureCold, startWarm } from "./ingress/measure.ts";
import { buildContenders, type Contender, type Contenders } from "./ingress/opponents.ts";
import { median, quantile } from "./median.ts";

const coldRounds = 15;
const warmRounds = 5;
const warmCommands = 5_000;
const warmShare = 250;
const warmUp = 500;
const secret = "the signing secret";
const text = "status 20160519101349613gzbzufck2";

type World = { readonly aws: LoopbackAws; readonly variables: Readonly<Record<string, string>> };

async function openWorld(): Promise<World> {
  const aws = await loopbackAws({ "slack-signing-secret": secret, "seal-key": randomBytes(32).toString("base64") });
  return { aws, variables: { ...lambdaVariables(aws.url), ...doorVariables, BENCH_SIGNING_SECRET: secret } };
}

/** One command through a fresh process; throws unless exactly one event was accepted for it. */
async function cold({ aws, variables }: World, { name, file }: Contender): Promise<Cold> {
  const before = aws.entries.length;
  const event = signedEvent({ body: slashCommand(text, `1.${before}`), secret, at: Date.now() });
  const measured = await measureCold(file, { ...variables, BENCH_EVENT: JSON.stringify(event) });
  if (aws.entries.length !== before + 1) throw new Error(`${name} put ${aws.entries.length - before} events`);
  return measured;
}

type Warm = { readonly p50: number; readonly p99: number };

/** All commands through a warm process of each, in small shares by turns: a neighbour's noise meets them alike. */
async function warmRound({ aws, variables }: World, contenders: readonly Contender[]): Promise<ReadonlyMap<Contender, Warm>> {
  const before = aws.entries.length;
  const form = slashCommand(text, "").replace("&trigger_id=", "");
  const given = { ...variables, BENCH_COMMANDS: JSON.stringify({ secret, form, count: warmCommands, warmUp }) };
  const running = await Promise.all(
    contenders.map(async (contender) => ({ contender, times: [] as number[], ...(await startWarm(contender.file, given)) })),
  );
  for (let served = 0; served < warmCommands; served += warmShare) {
    for (const { times, serve } of running) times.push(...(await serve(warmShare)));
    running.reverse();
  }
  await Promise.all(running.map(({ stop }) => stop()));
  // Each command once, by its id: where the machine pauses for long, the ingress puts an event again under the same id.
  const { size: events } = new Set(aws.entries.splice(before).map(({ Detail }) => (JSON.parse(Detail) as { id: string }).id));
  if (events !== contenders.length * (warmCommands + warmUp)) throw new Error(`${events} events were put`);
  return new Map(running.map(({ contender, times }) => [contender, { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }]));
}

/** Every contender once, each round beginning with another, so that none always has the same neighbour. */
async function coldRound(world: World, round: number, contenders: readonly Contender[]): Promise<ReadonlyMap<Contender, Cold>> {
  const turn = round % contenders.length;
  const found = new Map<Contender, Cold>();
  for (const contender of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
    found.set(contender, await cold(world, contender));
  }
  return found;
}

/** The rounds, and from them the median of a contender's value. */
async function inRounds<T>(rounds: number, once: (round: number) => Promise<ReadonlyMap<Contender, T>>) {
  const found: ReadonlyMap<Contender, T>[] = [];
  for (let round = 0; round < rounds; round += 1) found.push(await once(round));
  return (contender: Contender, of: (one: T) => number): number =>
    median(found.flatMap((round) => round.get(contender) ?? []).map(of));
}

const ms = (value: number, digits = 0): string => `${value.toFixed(digits)} ms`;

async function compare(world: World, contenders: Contenders, say: (text: string) => void): Promise<{ rows: Row[]; bars: Bar[] }> {
  const { packaged, whole, byHand, plainBolt } = contenders;
  say(`cold: ${coldRounds} rounds of four`);
  const ofCold = await inRounds(coldRounds, (round) => coldRound(world, round, [packaged, plainBolt, whole, byHand]));
  say(`warm: ${warmRounds} rounds of two, ${warmCommands} commands each`);
  const ofWarm = await inRounds(warmRounds, () => warmRound(world, [packaged, plainBolt]));

  const total = (each: Contender) => ofCold(each, ({ totalMs }) => totalMs);
  const peak = (each: Contender) => ofCold(each, ({ peakMb }) => peakMb);
  const p50 = (each: Contender) => ofWarm(each, (one) => one.p50);
  const p99 = (each: Contender) => ofWarm(each, (one) => one.p99);
  const size = ({ bytes }: Contender) => `${(bytes / 1_000).toFixed(0)} KB`;
  const coldRow = (each: Contender): Row["values"] => ({
    bytes: size(each),
    import: ms(ofCold(each, ({ importMs }) => importMs)),
    "to the ack": ms(total(each)),
    "peak memory": `${peak(each).toFixed(1)} MB`,
  });
  const warmRow = (each: Contender): Row["values"] => ({ "warm p50": ms(p50(each), 2), "warm p99": ms(p99(each), 2) });
  return {
    rows: [
      { what: packaged.name, values: { ...coldRow(packaged), ...warmRow(packaged) } },
      { what: whole.name, values: coldRow(whole) },
      { what: byHand.name, values: coldRow(byHand) },
      { what: plainBolt.name, values: { ...coldRow(plainBolt), ...warmRow(plainBolt) } },
    ],
    bars: [
      { what: `time to the first ack, of ${whole.name}`, measured: total(packaged) / total(whole), limit: 0.4 },
      { what: `peak memory, of ${whole.name}`, measured: peak(packaged) / peak(whole), limit: 0.7 },
      { what: `bytes, of ${whole.name}`, measured: packaged.bytes / whole.bytes, limit: 0.3 },
      { what: `time to the first ack, of one ${byHand.name}`, measured: total(packaged) / total(byHand), limit: 4 },
      { what: `warm p50, of ${plainBolt.name}`, measured: p50(packaged) / p50(plainBolt), limit: 1.1 },
      { what: `warm p99, of ${plainBolt.name}`, measured: p99(packaged) / p99(plainBolt), limit: 1.1 },
    ],
  };
}

export const ingress: Bench = {
  about: "a signed command through the packaged door: cold, and 5,000 warm",
  async run(say) {
    const outDir = mkdtempSync(join(tmpdir(), "odps-bench-"));
    const world = await openWorld();
    try {
      const contenders = await buildContenders(outDir);
      return {
        title: "One signed command, from the import to the accepted event and the ack",
        ...(await compare(world, contenders, say)),
      };
    } finally {
      await world.aws.close();
      rmSync(outDir, { recursive: true, force: true });
    }
  },
};
