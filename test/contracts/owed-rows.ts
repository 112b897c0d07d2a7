// The rows that an ended submission owes, on whatever store it is kept.
import { expect, it } from "vitest";
import { createBudgets, dayOf } from "../../src/commands/budget.ts";
import { createLedger } from "../../src/commands/ledger.ts";
import type { CommandRequest } from "../../src/commands/request.ts";
import { createSubmissions } from "../../src/commands/running/submissions.ts";
import { type TendPorts, tendSubmissions } from "../../src/commands/running/tend.ts";
import { type ItemStore, minutes } from "../../src/commands/store.ts";
import { createLog } from "../../src/log.ts";
import { anInstance, aTask, fakeMaxCompute } from "../support/fake-maxcompute.ts";
import type { ManualClock } from "../support/manual-clock.ts";

type Opened = AsyncDisposable & { readonly store: ItemStore; readonly clock: ManualClock };

const job = { kind: "sql", statement: "SELECT 1", verb: "SELECT", isReading: true, settings: {} } as const;
const ann = { team: "T1", user: "ann" };
const many = Array.from({ length: 6 }, (_, index) => index);

export function owedRowsContract(open: () => Promise<Opened>): void {
  it("the rows of an ended submission are asked for by one request, however many see its end at the same time", async () => {
    await using opened = await open();
    const { store, clock } = opened;
    const submissions = createSubmissions(store, clock.now);
    const at = clock.now();
    const draft = { requester: ann, channel: "general", project: "p", job, limit: 1, timeoutMs: minutes(5), at, day: dayOf(at) };
    await submissions.begin("intent-1", draft);
    await submissions.move("intent-1", "preparing", { state: "submitting" });
    const instance = anInstance({ id: "20261122100000100gended", status: "Terminated" });
    await submissions.move("intent-1", "submitting", {
      state: "submitted",
      instanceId: instance.id,
      stopAt: at + minutes(5),
    });
    await clock.advance(minutes(1));
    const handed: CommandRequest[] = [];
    const ports: TendPorts = {
      submissions,
      budgets: createBudgets(store, clock.now),
      watching: { add: async () => Promise.reject(new Error("nothing is to be watched")) },
      maxcompute: () => fakeMaxCompute([{ instance, tasks: [aTask({ status: "SUCCESS" })] }]),
      tell: async () => Promise.reject(new Error("nobody is to be told")),
      queue: { send: async (request) => void handed.push(request) },
      now: clock.now,
      log: createLog(() => undefined, clock.now),
    };
    await Promise.all(many.map(() => tendSubmissions(ports)));
    await tendSubmissions(ports);
    expect((await submissions.find("intent-1"))?.state).toBe("over");
    expect(await submissions.open()).toEqual([]);
    const ledger = createLedger(store, clock.now);
    const claims = await Promise.all(handed.map((request) => ledger.claim(request)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });
}
