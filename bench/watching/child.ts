// A fresh process for one tick, one part, or the plain loop: what it holds at most is what that holds. It says that it is ready, waits for
// the word to begin, and says what it did.
import type { Begin, Done, Job, Places } from "./places.ts";

const { places, job }: { readonly places: Places; readonly job: Job } = JSON.parse(process.argv[2] ?? "{}");

type Work = (begin: Begin) => Promise<Pick<Done, "reads" | "writes" | "published">>;

async function workOf(): Promise<Work> {
  if (job.kind === "loop") return (await import("./plain-loop.ts")).plainLoop(places, job);
  return (await import("./engine.ts")).engineFor(places, job);
}

const work = await workOf();
process.on("message", async (begin: Begin) => {
  const from = performance.now();
  const cpu = process.cpuUsage();
  const found = await work(begin);
  const { user, system } = process.cpuUsage(cpu);
  const { maxRSS } = process.resourceUsage();
  const done: Done = { ms: performance.now() - from, cpuMs: (user + system) / 1_000, peakMb: maxRSS / 1_024, ...found };
  process.send?.(done, () => process.exit(0));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
