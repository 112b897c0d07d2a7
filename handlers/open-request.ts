import { open } from "../src/aws/envelope.ts";
import type { EventKind } from "../src/aws/eventbridge-queue.ts";
import type { Secrets } from "../src/aws/secrets.ts";
import { CommandRequest } from "../src/commands/request.ts";

/** The request in a sealed event; undefined for what no key opens, the newest ones included (production rules 2 and 29). */
export async function openRequest(
  kind: EventKind,
  detail: unknown,
  secrets: Pick<Secrets, "values" | "doubt">,
): Promise<CommandRequest | undefined> {
  const opened = open(kind, detail, await secrets.values("seal-key"));
  if (opened !== undefined) return CommandRequest.safeParse(opened).data;
  secrets.doubt();
  return CommandRequest.safeParse(open(kind, detail, await secrets.values("seal-key"))).data;
}
