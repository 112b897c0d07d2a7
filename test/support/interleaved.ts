// Two processes on one store, and every order in which their accesses to it can fall.
import type { ItemStore } from "../../src/commands/store.ts";

/** Every order of `first` turns of one and `second` turns of the other. */
export function* ordersOf(first: number, second: number): Generator<readonly (0 | 1)[]> {
  if (first + second === 0) yield [];
  if (first > 0) for (const rest of ordersOf(first - 1, second)) yield [0, ...rest];
  if (second > 0) for (const rest of ordersOf(first, second - 1)) yield [1, ...rest];
}

type Work = (store: ItemStore) => Promise<unknown>;

/** Runs both, each access to the store when it is its turn. A turn that nobody takes is passed, and beyond the order each goes on alone. */
export async function interleaved(store: ItemStore, order: readonly (0 | 1)[], works: readonly [Work, Work]): Promise<void> {
  const asking: [(() => void) | undefined, (() => void) | undefined] = [undefined, undefined];
  const isDone: [boolean, boolean] = [false, false];
  const gated = (who: 0 | 1): ItemStore =>
    new Proxy(store, {
      get: (target, property) => {
        const method = Reflect.get(target, property);
        return async (...args: unknown[]) => {
          await new Promise<void>((resolve) => {
            asking[who] = resolve;
          });
          return Reflect.apply(method, target, args);
        };
      },
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const all = Promise.all(
    ([0, 1] as const).map(async (who) => {
      await works[who](gated(who));
      isDone[who] = true;
    }),
  );
  const turns = [...order];
  while (!(isDone[0] && isDone[1])) {
    await settle();
    const next = turns.shift() ?? (isDone[0] ? 1 : 0);
    const go = asking[next];
    asking[next] = undefined;
    go?.();
  }
  await all;
}
