// A million rows as one file: from the tunnel over CSV to Slack's upload, beside reading the same bytes and discarding them.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { median } from "./median.ts";
import type { Done, Job, Places } from "./result/places.ts";

const rows = 1_000_000;
const fewRows = 100_000;
const rounds = 7;

const start = (file: string, ...args: readonly string[]): ChildProcess =>
  fork(join(import.meta.dirname, "result", file), args, { execArgv: ["--disable-warning=ExperimentalWarning"] });

async function answerOf<T>(child: ChildProcess): Promise<T> {
  const [answer] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`a process ended with ${code}`))),
  ]);
  return answer as T;
}

async function carryOut(places: Places, job: Job): Promise<Done> {
  const child = start("child.ts", JSON.stringify({ places, job }));
  const done = await answerOf<Done>(child);
  child.kill();
  return done;
}

const ms = (value: number): string => `${value.toFixed(0)} ms`;
const mb = (value: number): string => `${value.toFixed(0)} MB`;

export const result: Bench = {
  about: "1,000,000 rows x 8 columns, from the tunnel to an uploaded CSV file",
  async run(say) {
    const servers = start("servers.ts");
    try {
      const places = await answerOf<Places>(servers);
      const instanceOf = async (count: number): Promise<string> => {
        servers.send(count);
        return (await answerOf<{ id: string }>(servers)).id;
      };
      const many = { id: await instanceOf(rows), rows };
      const few = { id: await instanceOf(fewRows), rows: fewRows };
      const found = { file: [] as Done[], discard: [] as Done[], few: [] as Done[] };
      say(`${rounds} rounds of three, each in a fresh process`);
      for (let round = -1; round < rounds; round += 1) {
        const file = await carryOut(places, { kind: "file", ...many });
        const discard = await carryOut(places, { kind: "discard", ...many });
        const small = await carryOut(places, { kind: "file", ...few });
        if (round < 0) continue; // the servers had to warm up
        found.file.push(file);
        found.discard.push(discard);
        found.few.push(small);
      }
      const time = (done: readonly Done[]) => median(done.map((each) => each.ms));
      const peak = (done: readonly Done[]) => median(done.map(({ peakMb }) => peakMb));
      const row = (what: string, done: readonly Done[]) => ({
        what,
        values: {
          bytes: mb((done[0]?.bytes ?? 0) / 1e6),
          time: ms(time(done)),
          "of discarding": `${(time(done) / time(found.discard)).toFixed(1)}x`,
          "peak memory": mb(peak(done)),
        },
      });
      return {
        title: `${rows.toLocaleString("en-US")} rows of 8 columns as one file`,
        rows: [
          row("to an uploaded CSV", found.file),
          row("read and discarded", found.discard),
          row(`${fewRows.toLocaleString("en-US")} rows to an uploaded CSV`, found.few),
        ],
        bars: [
          {
            what: "time, of reading the same bytes and discarding them",
            measured: time(found.file) / time(found.discard),
            limit: 4,
          },
          {
            what: `peak memory, of ${fewRows.toLocaleString("en-US")} rows`,
            measured: peak(found.file) / peak(found.few),
            limit: 1.2,
          },
        ],
      };
    } finally {
      servers.kill();
    }
  },
};
