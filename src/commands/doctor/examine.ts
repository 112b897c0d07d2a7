import type { CheckupView, Finding } from "../../view/index.ts";
import { type Checkup, nameOf, unclear } from "./checkup.ts";

/** So long each check may take; all of them are made side by side. */
export const checkupMs = 4_000;
/** What has a time of its own for giving up is over so much before that: it knows best what it waited for. */
const spareMs = 300;

type Time = {
  now(): number;
  pause(ms: number): Promise<void>;
  /** Epoch ms by which somebody wants to hear of it all. */
  readonly deadline: number;
};

const tooLate: Finding = unclear(
  `no answer within ${checkupMs / 1_000} s`,
  "Ask again; if it lasts, what is looked at here hangs, and the log says where.",
);

const brokeItself = (error: unknown): Finding =>
  unclear(`the check itself broke: ${nameOf(error)}`, "Ask again; if it lasts, give this line to whoever runs the bot.");

/** What each check finds, in their order. Never throws, and waits for none beyond its time: the others do not suffer for it. */
export async function examine(checkups: readonly Checkup[], { now, pause, deadline }: Time): Promise<CheckupView["findings"]> {
  const endsAt = Math.min(now() + checkupMs, deadline);
  const late = pause(endsAt - now()).then(() => tooLate);
  const look = async (checkup: Checkup): Promise<Finding> => {
    try {
      return await checkup.run(endsAt - spareMs);
    } catch (error) {
      return brokeItself(error);
    }
  };
  return Promise.all(checkups.map(async (checkup) => ({ name: checkup.name, ...(await Promise.race([look(checkup), late])) })));
}
