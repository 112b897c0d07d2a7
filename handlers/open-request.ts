import { type Envelope, open } from "../src/aws/envelope.ts";
import type { EventKind } from "../src/aws/eventbridge-queue.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import { CommandRequest } from "../src/commands/request.ts";

type SealKeys = Pick<Secrets, "values" | "doubt">;

/** What a sealed event holds, and when it was sealed; undefined for what no key opens, the newest ones included (production rules 2 and 29). */
export async function openSealed(
  kind: EventKind,
  detail: unknown,
  secrets: SealKeys,
): Promise<{ readonly content: unknown; readonly at: number } | undefined> {
  const opened = open(kind, detail, await secrets.values("seal-key"));
  // What opened is an envelope, and its time was authenticated with it.
  if (opened !== undefined) return { content: opened, at: (detail as Envelope).at };
  secrets.doubt();
  const again = open(kind, detail, await secrets.values("seal-key"));
  return again === undefined ? undefined : { content: again, at: (detail as Envelope).at };
}

/** The request in a sealed event; undefined for what no key opens. */
export const openRequest = async (kind: EventKind, detail: unknown, secrets: SealKeys): Promise<CommandRequest | undefined> =>
  CommandRequest.safeParse((await openSealed(kind, detail, secrets))?.content).data;
