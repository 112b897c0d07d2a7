import { broken, type Checkup, ok, warning } from "../../commands/doctor/checkup.ts";
import type { Finding } from "../../view/index.ts";
import { type QueueDepth, type QueueDepthPorts, queueDepth } from "../queue-depth.ts";
import { awsTrouble } from "./trouble.ts";

/** URLs of the queues. */
export type Queues = {
  /** What nobody could tell anybody. */
  readonly lost: string;
  /** What failed, and is told at once. */
  readonly failures: string;
  /** The timers of commands, which are read as soon as their time is up. */
  readonly apologies: string;
};

export type DeadLettersPorts = QueueDepthPorts & { readonly queues: Queues };

/** What was lost, and what waits where nothing may wait. */
export const deadLettersCheckup = (ports: DeadLettersPorts): Checkup => ({
  name: "Dead letters",
  async run(deadline) {
    const signal = AbortSignal.timeout(Math.max(1, deadline - ports.now()));
    const depth = (url: string) => queueDepth(url, ports, signal);
    const { lost, failures, apologies } = ports.queues;
    try {
      const [lostOnes, failed, timers] = await Promise.all([depth(lost), depth(failures), depth(apologies)]);
      return judgeDepths({ lost: lostOnes, failures: failed, apologies: timers }, nameOf(lost));
    } catch (error) {
      return awsTrouble(error);
    }
  },
});

/** The end of a queue's URL. */
const nameOf = (url: string): string => url.split("/").at(-1) ?? url;

export function judgeDepths(
  { lost, failures, apologies }: Readonly<Record<keyof Queues, QueueDepth>>,
  lostName: string,
): Finding {
  const letters = lost.waiting + lost.inFlight;
  const unread = failures.waiting + apologies.waiting;
  if (letters > 0)
    return broken(
      `${letters} of which nobody was told`,
      `Look at what lies in the queue \`${lostName}\`, find its requests in the log, and delete it when it is dealt with.`,
    );
  if (unread > 0)
    return warning(
      `none is lost, but ${unread} ${unread === 1 ? "waits" : "wait"} to be told of`,
      "Ask again in a minute; if they are still there, look at the log of the function apologise.",
    );
  return ok("none, and none waits to be told of");
}
