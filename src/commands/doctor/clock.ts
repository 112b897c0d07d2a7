import type { Finding } from "../../view/index.ts";
import { formatDuration } from "../duration.ts";
import { minutes } from "../store.ts";
import { broken, type Checkup, ok, unclear, warning } from "./checkup.ts";

export type ClockPorts = {
  /** Who tells the time in the Date header of any answer. */
  readonly sources: readonly { readonly name: string; readonly url: string }[];
  readonly fetch: typeof globalThis.fetch;
  now(): number;
};

/** How far this clock is ahead of another's, ms; negative where it is behind. */
export type Skew = { readonly name: string; readonly aheadMs: number };

/** Requests of Slack that seem older or younger are refused (Slack facts section 1). */
const refusedMs = minutes(5);
const noticedMs = 30_000;

export const clockCheckup = ({ sources, fetch, now }: ClockPorts): Checkup => {
  async function aheadOf({ name, url }: ClockPorts["sources"][number], deadline: number): Promise<Skew[]> {
    const askedAt = now();
    try {
      const signal = AbortSignal.timeout(Math.max(1, deadline - askedAt));
      // Whoever refuses tells the time as well: nothing is signed.
      const answer = await fetch(url, { redirect: "manual", signal });
      const toldAt = Date.parse(answer.headers.get("date") ?? "");
      await answer.body?.cancel();
      return Number.isNaN(toldAt) ? [] : [{ name, aheadMs: aheadBy((askedAt + now()) / 2, toldAt) }];
    } catch {
      return []; // that it cannot be reached is another check's to say
    }
  }
  return {
    name: "Clock",
    async run(deadline) {
      const skews = await Promise.all(sources.map((source) => aheadOf(source, deadline)));
      return judgeSkews(skews.flat());
    },
  };
};

/** At least so far: the header knows whole seconds. */
const aheadBy = (at: number, toldAt: number): number => (at < toldAt ? at - toldAt : Math.max(0, at - (toldAt + 999)));

const words = ({ name, aheadMs }: Skew): string =>
  Math.abs(aheadMs) < 1_500
    ? `as ${name}'s`
    : `${formatDuration(Math.abs(aheadMs))} ${aheadMs > 0 ? "ahead of" : "behind"} ${name}'s`;

/** Whose clock it is that is wrong, and whether that does harm. */
export function judgeSkews(skews: readonly Skew[]): Finding {
  if (skews.length === 0)
    return unclear("nobody told the time", "Put the network right first: neither Slack nor MaxCompute answered.");
  const off = skews.filter(({ aheadMs }) => Math.abs(aheadMs) >= noticedMs);
  const seen = skews.map(words).join(", ");
  if (off.length === 0) return ok(seen);
  const isTheirs = off.length < skews.length;
  const fix = isTheirs
    ? `This clock is right: tell whoever runs ${off.map(({ name }) => name).join(" and ")} that theirs is not.`
    : "Set the clock of the machine that the bot runs on, and let it follow a time server.";
  const isHarmful = off.some(({ aheadMs }) => Math.abs(aheadMs) >= refusedMs);
  return isHarmful ? broken(seen, fix) : warning(seen, fix);
}
