// Some of the deaths of `npm run faults`, in real processes. The whole of it takes minutes.
import { describe, expect, it } from "vitest";
import { runCampaign } from "../../bench/faults/campaign.ts";
import { stores } from "../../bench/faults/lanes.ts";

describe.each(stores)("a worker on %s that is killed somewhere", (store) => {
  it("leaves nobody without an answer and nothing said or done twice", { timeout: 60_000 }, async () => {
    const said: string[] = [];
    const totals = await runCampaign({
      store,
      seed: 3,
      sample: 10,
      kinds: ["read", "file", "stop-pressed"],
      lanes: 1,
      progress: (line) => said.push(line),
    });
    expect(said.filter((line) => line.includes("not reached"))).toEqual([]);
    expect({ ...totals, said }).toMatchObject({ boundaries: 10, lost: 0, duplicated: 0, orphaned: 0 });
  });
});
