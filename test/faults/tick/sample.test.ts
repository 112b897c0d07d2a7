// Some of the deaths of `npm run faults -- --path tick`, in real processes. The whole of it takes minutes.
import { describe, expect, it } from "vitest";
import { stores } from "../../../bench/faults/lanes.ts";
import { runTickCampaign } from "../../../bench/faults/tick/campaign.ts";

describe.each(stores)("whoever follows instances on %s and is killed somewhere", (store) => {
  it("loses no end and no card, tells nothing twice, and leaves nothing that nobody looks at", { timeout: 120_000 }, async () => {
    const said: string[] = [];
    const totals = await runTickCampaign({ store, seed: 2, sample: 6, progress: (line) => said.push(line) });
    expect({ ...totals, said }).toMatchObject({ lost: 0, duplicated: 0, orphaned: 0 });
    expect(totals.boundaries).toBeGreaterThanOrEqual(6);
  });
});
