// The functions that follow instances, and the part of a command that starts a watch: one invocation an order.
import type { Clock } from "../../../src/bot.ts";
import type { WatchBook } from "../../../src/commands/watch-book.ts";
import { lookAtOnce, newWatch, type Ports, tick, type Waiting, watchHot } from "../../../src/watch/index.ts";
import { hastyClock, type Setting } from "../tick/haste.ts";
import type { TickOrder } from "../tick/orders.ts";
import { obey } from "./ports.ts";

export type Engine = {
  readonly ports: Ports;
  readonly waiting: Waiting;
  /** Whether a delivery of a scheduled rule is to be worked on: another may have its minute. */
  mayWork(call: "tick" | "heartbeat" | "hot"): Promise<boolean>;
};

export type Watcher = {
  withEngine(order: TickOrder, work: (engine: Engine) => Promise<void>): Promise<void>;
  withBook(order: TickOrder, work: (book: WatchBook) => Promise<void>): Promise<void>;
};

/** The part of an invocation's time that is not waited through. */
const tickMs = 45_000;
/** Waiting is not what is tried here: this leaves little of it beside what the engine keeps for telling. */
const hotMs = 5_400;
async function carryOut(order: TickOrder, { withEngine, withBook }: Watcher, now: () => number): Promise<void> {
  switch (order.kind) {
    case "tick":
    case "heartbeat":
      return withEngine(order, async ({ ports, mayWork }) => {
        if (await mayWork(order.kind)) await tick(ports, now, now() + tickMs);
      });
    case "hot":
      return withEngine(order, async ({ ports, waiting, mayWork }) => {
        if (await mayWork(order.kind)) await watchHot({ ports, waiting, now }, now() + hotMs);
      });
    case "look":
      return withEngine(order, ({ ports, waiting }) => lookAtOnce({ ports, waiting, now }, now() + hotMs, order.place));
    case "add":
      return withBook(order, async (book) => void (await book.add(newWatch(order.wanted, now()))));
    case "subscribe":
      return withBook(order, (book) => book.subscribe(order.subscription));
    default:
      return order satisfies never;
  }
}

/** Carries out orders; `clock` shows the time of the one at hand. */
export function watchForOrders(open: (clock: Clock) => Watcher): void {
  let setting: Setting = { origin: 0, offsetMs: 0 };
  const clock = hastyClock(() => setting);
  const watcher = open(clock);
  obey(async (order: TickOrder) => {
    setting = order;
    await carryOut(order, watcher, clock.now);
  });
}
