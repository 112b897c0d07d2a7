// A fresh process for one job: what it holds at most is what the job holds.
import { tmpdir } from "node:os";
import { WebClient } from "@slack/web-api";
import { createMaxComputeClient } from "../../src/maxcompute/index.ts";
import { clientOptions } from "../../src/slack/client-options.ts";
import { postOnce } from "../../src/slack/outlet.ts";
import { createSpool } from "../../src/slack/spool.ts";
import { upload } from "../../src/slack/upload.ts";
import { discard } from "./discard.ts";
import type { Done, Job, Places } from "./places.ts";

const { places, job }: { readonly places: Places; readonly job: Job } = JSON.parse(process.argv[2] ?? "{}");

const free = { heldFor: async () => 0, postAfter: async () => 0, hold: async () => undefined };
const clock = { now: Date.now, after: () => () => undefined };

async function sendFile(): Promise<number> {
  const { endpoint, project, accessId, accessKey, slackUrl, channel } = places;
  const maxcompute = createMaxComputeClient({ endpoint, project, accessKey: { id: accessId, secret: accessKey } });
  const client = new WebClient("xoxb-bench", { ...clientOptions, slackApiUrl: `${slackUrl}/api/` });
  const { fetch } = globalThis;
  const outlet = postOnce({ fetch, clock, pace: free });
  const spool = createSpool({ folder: tmpdir(), maxBytes: 1024 ** 3 });
  return spool(maxcompute.resultCsv(job.id), async (file) => {
    await upload({ client, outlet, leftMs: () => Number.POSITIVE_INFINITY }, file, { channel, name: "result.csv" });
    return file.bytes;
  });
}

const from = performance.now();
const bytes = job.kind === "file" ? await sendFile() : await discard(places, job.id, job.rows);
const done: Done = { ms: performance.now() - from, bytes, peakMb: process.resourceUsage().maxRSS / 1024 };
process.send?.(done, () => process.exit(0));
