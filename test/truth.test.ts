// Whoever was promised an answer has it, or an apology, within a minute: whatever hangs or fails on the way, for a look and for acts.
import { describe, expect, it } from "vitest";
import { readPolicy } from "../src/commands/rights/policy-text.ts";
import type { ItemStore } from "../src/commands/store.ts";
import type { WatchBook } from "../src/commands/watch-book.ts";
import { aBot, type Told } from "./support/a-bot.ts";
import { anInstance, aTask, fakeMaxCompute } from "./support/fake-maxcompute.ts";

const running = { instance: anInstance(), tasks: [aTask()] };
const { id } = running.instance;
const lines = "allow U0BOB operator; allow U0CARL operator; allow channels operator";

type Over = NonNullable<Parameters<typeof aBot>[1]>;
type Fault = {
  readonly over?: Over;
  readonly watching?: Partial<WatchBook>;
  /** Of MaxCompute: nothing of it answers. */
  readonly silent?: boolean;
};

const hang = (): Promise<never> => new Promise(() => undefined);
const fail = async (): Promise<never> => {
  throw new Error("broken");
};
const isCard = ({ view }: Told) => view.kind === "approval";
const isEdit = (told: Told) => isCard(told) && told.to.includes(" ");

/** A store of which what lies in a partition cannot be had. */
const without =
  (start: string, breaks: () => Promise<never>) =>
  (store: ItemStore): ItemStore => ({
    ...store,
    get: (key) => (key.partition.startsWith(start) ? breaks() : store.get(key)),
    list: (partition, page) => (partition.startsWith(start) ? breaks() : store.list(partition, page)),
  });
const unreadable =
  (start: string) =>
  (store: ItemStore): ItemStore => ({
    ...store,
    get: async (key) => {
      const item = await store.get(key);
      return key.partition.startsWith(start) ? { key, version: "1", expiresAt: 0, ...item, value: { schema: 9 } } : item;
    },
  });

const faults: Readonly<Record<string, Fault>> = {
  "nothing is wrong": {},
  "Slack does not say who somebody is": { over: { asker: hang } },
  "Slack fails to say who somebody is": { over: { asker: fail } },
  "Slack does not say whether the bot may post": { over: { mayPost: hang } },
  "the policy cannot be reached": { over: { breaking: without("rights/", fail) } },
  "the policy does not come": { over: { breaking: without("rights/", hang) } },
  "the policy cannot be read": { over: { breaking: unreadable("rights/") } },
  "nobody can count": { over: { breaking: without("limits/", fail) } },
  "counting does not end": { over: { breaking: without("limits/", hang) } },
  "a card cannot be posted": { over: { failReply: (told) => (isCard(told) && !isEdit(told) ? new Error("no") : undefined) } },
  "a card is never posted": { over: { failReply: (told) => (isCard(told) && !isEdit(told) ? hang() : undefined) } },
  "a card cannot be edited": { over: { failReply: (told) => (isEdit(told) ? new Error("no") : undefined) } },
  "a card is never edited": { over: { failReply: (told) => (isEdit(told) ? hang() : undefined) } },
  "nothing can be announced": {
    over: { failReply: ({ stage, to }) => (stage === "announced" && !to.includes(" ") ? hang() : undefined) },
  },
  "the watches cannot be reached": { watching: { add: fail, find: fail, ofInstance: fail, stopping: fail, projectOf: fail } },
  "no watch is marked or started": { watching: { add: hang, stopping: hang } },
  "the watches do not answer": { watching: { add: hang, find: hang, ofInstance: hang, stopping: hang, projectOf: hang } },
  "MaxCompute does not answer": { silent: true },
};

type Act = "status" | "watch" | "stop" | "press" | "ask" | "approve";
const acts: readonly Act[] = ["status", "watch", "stop", "press", "ask", "approve"];

/** A bot on which everything is well until `break` is called, and a second one on the same store on which the fault rules. */
async function broken(fault: Fault, act: Act) {
  const policy = readPolicy(act === "ask" || act === "approve" ? `${lines}; production demo_*` : lines).policy;
  let isBroken = false;
  const { asker, mayPost, failReply, breaking } = fault.over ?? {};
  const over: Over = {
    policy,
    ...(asker === undefined ? {} : { asker: (user: string) => (isBroken ? asker(user) : undefined) }),
    ...(mayPost === undefined ? {} : { mayPost: async () => (isBroken ? mayPost() : true) }),
    ...(failReply === undefined ? {} : { failReply: (told: Told) => (isBroken ? failReply(told) : undefined) }),
    ...(breaking === undefined
      ? {}
      : {
          breaking: (store: ItemStore): ItemStore => {
            const worse = breaking(store);
            return {
              ...store,
              get: (key) => (isBroken ? worse : store).get(key),
              list: (partition, page) => (isBroken ? worse : store).list(partition, page),
            };
          },
        }),
  };
  const fake = fakeMaxCompute([running]);
  const bot = aBot(
    { ...fake, withDeadline: () => (isBroken && fault.silent === true ? { ...fake, getInstance: hang, getTasks: hang } : fake) },
    over,
  );
  const asked = async () => (await bot.answer("confirm-stop", bot.type("U0BOB", `stop ${id}`))).intentId;
  const press = (user: string, intentId: string, how: "run" | "approve") =>
    bot.incoming(user, { kind: "intent", intentId, press: how });
  const typed = (text: string) => bot.incoming("U0BOB", { kind: "text", text });
  const make = {
    status: async () => typed(`status ${id}`),
    watch: async () => typed(`watch ${id}`),
    stop: async () => typed(`stop ${id}`),
    press: async () => press("U0BOB", await asked(), "run"),
    ask: async () => press("U0BOB", await asked(), "run"),
    approve: async () => {
      const intentId = await asked();
      await bot.answer("stop", bot.doAs("U0BOB", { kind: "intent", intentId, press: "run" }));
      return press("U0CARL", intentId, "approve");
    },
  };
  const incoming = await make[act]();
  isBroken = true;
  Object.assign(bot.watching, fault.watching);
  return { ...bot, incoming };
}

describe.each(acts)("whoever asks for %s", (act) => {
  it.each(Object.entries(faults))("hears its end within a minute though %s, and once", async (_, fault) => {
    const { bot, incoming, clock, told } = await broken(fault, act);
    const before = told.length;
    const accepted = await bot.accept(incoming);
    expect(accepted.kind).toBe("queued");
    const heard = () => told.slice(before).filter(({ to, stage }) => stage === "final" && to === incoming.caller.user);
    const from = clock.now();
    while (heard().length === 0 && clock.now() - from < 60_000) await clock.advance(250);
    expect(heard()).toHaveLength(1);
    await clock.advance(120_000);
    expect(heard()).toHaveLength(1);
  });
});
