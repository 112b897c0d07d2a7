// The books of the bot on a DynamoDB at its worst: what must happen once happens once.
import { afterAll, describe, expect, it } from "vitest";
import { createBudgets } from "../../src/commands/budget.ts";
import { createIntents } from "../../src/commands/intents.ts";
import { createLedger } from "../../src/commands/ledger.ts";
import { createRecallBook } from "../../src/commands/recall.ts";
import { createRefBook } from "../../src/commands/refs.ts";
import { createSubmissions } from "../../src/commands/running/submissions.ts";
import { owedRowsContract } from "../contracts/owed-rows.ts";
import { aRequest } from "../support/a-bot.ts";
import { aDynamoStore } from "../support/a-dynamo-store.ts";
import { startDynalite } from "../support/dynalite.ts";
import { startHostileDynamo } from "../support/hostile-dynamo.ts";

const dynalite = await startDynalite();
afterAll(() => dynalite.close());

const many = Array.from({ length: 12 }, (_, index) => index);
const ann = { team: "T1", user: "ann" };

describe.each([11, 12])("on a DynamoDB at its worst (seed %i)", (seed) => {
  const open = async () => {
    const hostile = await startHostileDynamo({ target: dynalite.endpoint, now: () => 0, seed });
    const { store, clock } = await aDynamoStore(dynalite.endpoint, hostile.endpoint);
    return { store, clock, [Symbol.asyncDispose]: () => hostile.close() };
  };

  it("a request is received once, claimed once and settled once, however many try at the same time", async () => {
    await using opened = await open();
    const ledger = createLedger(opened.store, opened.clock.now);
    const winners = async (attempt: () => Promise<boolean>) => (await Promise.all(many.map(attempt))).filter(Boolean).length;
    expect(await winners(() => ledger.receive(aRequest()))).toBe(1);
    expect(await winners(() => ledger.claim(aRequest()))).toBe(1);
    expect(await winners(() => ledger.settle(aRequest().id))).toBe(1);
    expect(await ledger.unfinished()).toMatchObject([{ state: "answering" }]);
    await ledger.close(aRequest().id);
    expect(await ledger.unfinished()).toEqual([]);
  });

  it("of many presses of one button exactly one decides, and all others hear so", async () => {
    await using opened = await open();
    const intents = createIntents(opened.store, opened.clock.now, () => "intent-1");
    const draft = {
      verb: "stop",
      requester: ann,
      channel: "general",
      direct: false,
      needs: "press",
      project: "p",
      instanceId: "i",
      shown: "hash",
    } as const;
    const { intentId } = await intents.prepare(draft);
    const presses = many.map((each) => intents.decide(intentId, each % 2 === 0 ? "run" : "cancel", ann));
    const decisions = (await Promise.all(presses)).map(({ kind }) => kind);
    expect(decisions.toSorted()).toEqual([...many.slice(1).map(() => "used"), "yours"]);
  });

  it("of many submissions that are held at once a budget has room for some, and each is counted once", async () => {
    await using opened = await open();
    const budgets = createBudgets(opened.store, opened.clock.now);
    const hold = (id: number) => budgets.hold({ caller: ann, day: "2026-11-22", id: `intent-${id}` }, 30, 100);
    const held = await Promise.all(many.map((each) => hold(each % 6)));
    expect(await budgets.spent(ann, "2026-11-22")).toBe(90);
    expect(held.filter(Boolean).length).toBe(6);
  });

  it("a submission moves from one state to the next for one of many that try", async () => {
    await using opened = await open();
    const submissions = createSubmissions(opened.store, opened.clock.now);
    const job = { kind: "xflow", name: "x", parameters: {} } as const;
    const draft = { requester: ann, channel: "general", project: "p", job, limit: 1, timeoutMs: 1, at: 0, day: "2026-11-22" };
    const begun = await Promise.all(many.map(() => submissions.begin("intent-1", draft)));
    expect(begun.filter(Boolean)).toHaveLength(1);
    const moved = await Promise.all(
      many.map((each) => submissions.move("intent-1", "preparing", { state: each % 2 === 0 ? "submitting" : "dropped" })),
    );
    expect(moved.filter((each) => each !== undefined)).toHaveLength(1);
  });

  owedRowsContract(open);

  it("what a person named last is remembered", async () => {
    await using opened = await open();
    const recall = createRecallBook(opened.store, opened.clock.now).of(ann, "general");
    for (const number of many) await recall.named({ project: "p", instanceId: `instance-${number}` });
    expect(await recall.last()).toEqual({ project: "p", instanceId: "instance-11" });
    expect(await recall.endingWith("-7")).toHaveLength(1);
  });

  it("the buttons of every answer lead to their instances, also when many answers are saved at the same time", async () => {
    await using opened = await open();
    const refs = createRefBook(opened.store, opened.clock.now);
    const saved = await Promise.all(
      many.map(async (number) => {
        const answer = refs.collect(ann, `E-${number}`);
        const ref = answer.to("p", `instance-${number}`);
        await answer.save();
        return ref;
      }),
    );
    const found = await Promise.all(saved.map((ref) => refs.open(ann, ref)));
    expect(found.map((each) => each?.instanceId)).toEqual(many.map((number) => `instance-${number}`));
  });
});
