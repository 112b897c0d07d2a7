// A process that dies at its n-th access to anything outside it, before the access or right after it: from then on it does nothing more.
import type { ItemStore } from "../../src/commands/store.ts";
import type { MaxComputeClient } from "../../src/maxcompute/index.ts";

export type Moment = "before" | "after";

export class Died extends Error {
  override readonly name = "Died";
}

export function mortal(diesAt = Number.POSITIVE_INFINITY, moment: Moment = "before") {
  let count = 0;
  let isDead = false;
  const through = async <T>(access: () => T | Promise<T>): Promise<T> => {
    if (isDead) throw new Died("it is dead");
    count += 1;
    const isTheEnd = count === diesAt;
    if (isTheEnd && moment === "before") isDead = true;
    if (isDead) throw new Died("it died before");
    const answer = await access();
    if (isTheEnd) isDead = true;
    if (isDead) throw new Died("it died after");
    return answer;
  };
  const guarded = <T extends object>(thing: T): T =>
    new Proxy(thing, {
      get(target, property) {
        const method = Reflect.get(target, property);
        return typeof method === "function" ? (...args: unknown[]) => through(() => Reflect.apply(method, target, args)) : method;
      },
    });
  return {
    accesses: () => count,
    isDead: () => isDead,
    guarded,
    store: (store: ItemStore): ItemStore => guarded(store),
    maxcompute(client: MaxComputeClient): MaxComputeClient {
      const own: Partial<MaxComputeClient> = {
        async *listInstances(filter) {
          for await (const each of await through(() => client.listInstances(filter))) yield each;
        },
        withDeadline: () => whole,
      };
      const each = guarded(client);
      const whole: MaxComputeClient = new Proxy(client, {
        get: (_, property) => Reflect.get(own, property) ?? Reflect.get(each, property),
      });
      return whole;
    },
  };
}
