// One child at work and one that waits, so that nobody waits for a start when the first is killed.
import type { Order } from "./orders.ts";
import type { Subject } from "./subject.ts";

export type Crew<Asked = Order> = {
  current(): Promise<Subject<Asked>>;
  /** Kills the one at work; the other takes its place. Resolves when it is dead. */
  killCurrent(): Promise<void>;
  close(): Promise<void>;
};

export function createCrew<Asked = Order>(start: () => Promise<Subject<Asked>>): Crew<Asked> {
  let current = start();
  let spare = start();
  return {
    current: () => current,
    async killCurrent() {
      const victim = current;
      current = spare;
      spare = start();
      await (await victim).kill();
    },
    async close() {
      for (const subject of [current, spare]) await (await subject).kill();
    },
  };
}
