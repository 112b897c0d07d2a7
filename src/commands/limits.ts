// How often people may ask within a minute of the clock. What is over is refused in words and costs no write; where nobody can count,
// nobody is refused.
import * as z from "zod/mini";
import type { Log } from "../log.ts";
import { UserError } from "./errors.ts";
import type { CommandRequest } from "./request.ts";
import { isAct } from "./request.ts";
import type { Item, ItemStore } from "./store.ts";
import { minutes } from "./store.ts";
import { pagesOf } from "./watching/items.ts";

/** Commands of a person and in a channel, buttons and forms among them; and of those what a person has done by pressing. */
export const mostInAMinute = { person: 30, channel: 120, acts: 10 } as const;

/** What a person did in a channel, in one minute. */
const Count = z.object({ schema: z.literal(1), commands: z.number(), acts: z.number() });
type Count = z.infer<typeof Count>;
type Over = keyof typeof mostInAMinute;

export type Limits = {
  /** Counts a request. Throws an UserError that says what the limit is and when to try again; then it is not counted. */
  demand(request: CommandRequest): Promise<void>;
};

/** Whoever writes first is counted: after as many as are allowed there is nothing left to write. */
const mostTries = 2 * mostInAMinute.person;

const none: Count = { schema: 1, commands: 0, acts: 0 };

export function createLimits(store: ItemStore, now: () => number, log: Log): Limits {
  async function readAll(partition: string): Promise<readonly Item[]> {
    const items: Item[] = [];
    for await (const page of pagesOf({ store, now, pageSize: 500 }, partition)) items.push(...page);
    return items;
  }

  /** One item a person, channel and minute, and its write is the only one; who else writes it at this moment is counted first. */
  async function count(request: CommandRequest, minute: number): Promise<Over | undefined> {
    const { team, user } = request.caller;
    const { channel } = request.replyTo;
    const key = { partition: `limits/${team}/${minute}`, id: `${user}/${channel}` };
    const isOne = isAct(request);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const items = await readAll(key.partition);
      const over = overOf(items, user, channel, isOne);
      if (over !== undefined) return over;
      const mine = items.find(({ key: { id } }) => id === key.id);
      const { commands, acts } = mine === undefined ? none : z.parse(Count, mine.value);
      const next: Count = { schema: 1, commands: commands + 1, acts: acts + (isOne ? 1 : 0) };
      const expiresAt = (minute + 2) * minutes(1);
      const isCounted =
        mine === undefined ? store.create(key, next, expiresAt) : store.replace(key, next, expiresAt, mine.version);
      if (await isCounted) return undefined;
    }
    throw new Error(`${key.partition} ${key.id} is written by too many at once`);
  }

  return {
    async demand(request) {
      const minute = Math.floor(now() / minutes(1));
      const over = await count(request, minute).catch((error: unknown) => {
        log.warn("limits.uncounted", { requestId: request.id, error });
        return undefined;
      });
      if (over === undefined) return;
      log.info("limits.reached", { requestId: request.id, limit: over });
      throw refusal(over, (minute + 1) * minutes(1) - now());
    },
  };
}

/** Whose limit one more would pass. */
function overOf(items: readonly Item[], user: string, channel: string, isOne: boolean): Over | undefined {
  const counts = items.map(({ key, value }) => ({ id: key.id, ...z.parse(Count, value) }));
  const mine = counts.filter(({ id }) => id.startsWith(`${user}/`));
  const here = counts.filter(({ id }) => id.endsWith(`/${channel}`));
  const sum = (of: readonly Count[], what: "commands" | "acts") => of.reduce((all, each) => all + each[what], 0);
  if (isOne && sum(mine, "acts") >= mostInAMinute.acts) return "acts";
  if (sum(mine, "commands") >= mostInAMinute.person) return "person";
  return sum(here, "commands") >= mostInAMinute.channel ? "channel" : undefined;
}

const titles: Readonly<Record<Over, string>> = {
  person: `You have asked ${mostInAMinute.person} times within this minute, and I answer nobody more often.`,
  channel: `I was asked ${mostInAMinute.channel} times here within this minute, and I answer no channel more often.`,
  acts: `You have acted ${mostInAMinute.acts} times within this minute, and I do no more for one person.`,
};

const refusal = (over: Over, waitMs: number): UserError =>
  new UserError(titles[over], {
    tone: "trouble",
    next: `Nothing was done. Try again in ${Math.max(1, Math.ceil(waitMs / 1_000))} s.`,
  });
