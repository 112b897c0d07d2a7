import { describe, expect, it } from "vitest";
import { type Checkup, ok } from "../../../src/commands/doctor/checkup.ts";
import { checkupMs, examine } from "../../../src/commands/doctor/examine.ts";
import { manualClock } from "../../support/manual-clock.ts";

const aCheckup = (name: string, run: Checkup["run"]): Checkup => ({ name, run });
const never = () => new Promise<never>(() => undefined);

function anExamination(checkups: readonly Checkup[], timeLeftMs = 10_000) {
  const clock = manualClock();
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  return { clock, found: examine(checkups, { now: clock.now, pause, deadline: clock.now() + timeLeftMs }) };
}

describe("an examination", () => {
  it("makes all checks side by side, and tells them in their order", async () => {
    let begun = 0;
    const waitsForBoth = async () => {
      begun += 1;
      while (begun < 2) await new Promise((resolve) => setImmediate(resolve));
      return ok("both were under way");
    };
    const { found } = anExamination([aCheckup("first", waitsForBoth), aCheckup("second", waitsForBoth)]);
    expect((await found).map(({ name, state }) => `${name} ${state}`)).toEqual(["first ok", "second ok"]);
  });

  it("waits four seconds for one that hangs, and has what the others found", async () => {
    const { clock, found } = anExamination([aCheckup("hangs", never), aCheckup("well", async () => ok("fine"))]);
    let isOver = false;
    void found.then(() => {
      isOver = true;
    });
    await clock.advance(checkupMs - 1);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(await found).toMatchObject([
      { name: "hangs", state: "unclear", seen: "no answer within 4 s", fix: expect.stringContaining("Ask again") },
      { name: "well", state: "ok" },
    ]);
  });

  it("is over by the deadline of the command where that is sooner, and what can give up by itself does so before", async () => {
    const deadlines: number[] = [];
    const notes = aCheckup("notes", async (deadline) => {
      deadlines.push(deadline);
      return never();
    });
    const { clock, found } = anExamination([notes], 1_500);
    const startedAt = clock.now();
    await clock.advance(1_500);
    expect(await found).toMatchObject([{ state: "unclear" }]);
    expect(deadlines).toEqual([startedAt + 1_200]);
  });

  it.each([
    ["throws", () => Promise.reject(new RangeError("the secret is hunter2"))],
    [
      "throws before it promises anything",
      () => {
        throw new RangeError("the secret is hunter2");
      },
    ],
  ])("says of a check that %s that it broke, and not what the error says", async (_, run) => {
    const { found } = anExamination([aCheckup("bad", run), aCheckup("well", async () => ok("fine"))]);
    const [bad, well] = await found;
    expect(bad).toMatchObject({ state: "unclear", seen: "the check itself broke: RangeError" });
    expect(JSON.stringify(bad)).not.toContain("hunter2");
    expect(well?.state).toBe("ok");
  });
});
