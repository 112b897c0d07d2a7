// Where one invocation at a time takes place: a child, another that waits for its death, and proxies that only they speak to.
import { createCrew } from "../crew.ts";
import type { Crossing, Moment } from "../gate.ts";
import type { Places } from "../orders.ts";
import { type ProxyOptions, type Seen, startProxy } from "../proxy.ts";
import { startSubject } from "../subject.ts";
import type { TickOrder } from "./orders.ts";

export type Ended = { readonly kind: "done" | "killed" } | { readonly kind: "failed"; readonly why: string };

/** Decides about a death; `before` it, what the caller wants done first. */
export type Fate = (label: string, moment: Moment) => boolean | Promise<boolean>;

export type Seat = {
  /** Carries out an order under a fate, as the invocation of this number. */
  ask(order: TickOrder, invocation: number, fate: Fate): Promise<Ended>;
  close(): Promise<void>;
};

export type SeatOptions = {
  readonly child: string;
  readonly log: (line: string) => void;
  /** What stands behind each proxy. */
  readonly servers: Readonly<Record<keyof Urls, Pick<ProxyOptions, "target" | "labelOf">>>;
  readonly places: Omit<Places, keyof Urls>;
  readonly heard: (seen: Parameters<NonNullable<ProxyOptions["applied"]>>[0], body: Buffer, invocation: number) => void;
};

type Urls = Pick<Places, "slackUrl" | "maxComputeUrl" | "eventsUrl" | "dynamoUrl">;

export async function openSeat({ child, log, servers, places, heard }: SeatOptions): Promise<Seat> {
  let life = 0;
  let isDead = false;
  let invocation = 0;
  let fate: Fate = () => false;

  const strike = async (mine: number, label: string, moment: Moment): Promise<boolean> => {
    // Whoever asked this is dead already: nothing more of it is carried out, or answered.
    if (mine !== life || isDead) return true;
    if (!(await fate(label, moment))) return false;
    if (mine !== life || isDead) return true;
    isDead = true;
    await crew.killCurrent();
    // What it sent before arrives before anybody else is asked.
    await new Promise((resolve) => setTimeout(resolve, 20));
    return true;
  };
  const gate = {
    arrive(label: string): Crossing {
      const mine = life;
      return { before: () => strike(mine, label, "before"), after: () => strike(mine, label, "after") };
    },
    seen: () => undefined,
  };
  const proxies: Awaited<ReturnType<typeof startProxy>>[] = [];
  const behind = async (name: keyof Urls): Promise<string> => {
    const { target, labelOf } = servers[name];
    if (target() === "") return "";
    /** Whose request it is: what is applied a moment after a death is the dead one's, though the next is at work by then. */
    const askedBy = new WeakMap<Seen, number>();
    const noted = (seen: Seen) => {
      askedBy.set(seen, invocation);
      return labelOf(seen);
    };
    const applied: ProxyOptions["applied"] = (seen, _status, body) => {
      if (name === "slackUrl") heard(seen, body, askedBy.get(seen) ?? invocation);
    };
    const proxy = await startProxy({ gate, target, labelOf: noted, applied });
    proxies.push(proxy);
    return proxy.url;
  };
  const urls: Urls = {
    slackUrl: await behind("slackUrl"),
    maxComputeUrl: await behind("maxComputeUrl"),
    eventsUrl: await behind("eventsUrl"),
    dynamoUrl: await behind("dynamoUrl"),
  };
  const crew = createCrew(() => startSubject<TickOrder>(child, { ...places, ...urls }, gate, log));

  return {
    async ask(order, number, wanted) {
      life += 1;
      isDead = false;
      invocation = number;
      fate = wanted;
      try {
        return { kind: (await (await crew.current()).ask(order)).kind };
      } catch (error) {
        return { kind: "failed", why: error instanceof Error ? error.message : String(error) };
      }
    },
    async close() {
      await crew.close();
      for (const proxy of proxies) await proxy.close();
    },
  };
}
