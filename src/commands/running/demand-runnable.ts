// What is asked once more before a press counts: the statement, what was shown of it, and whether it still needs no second person.
import type { CommandContext } from "../command.ts";
import { UserError } from "../errors.ts";
import type { RunDraft } from "../intents.ts";
import type { Rights } from "../rights/rights.ts";
import { circumstances } from "./ask.ts";
import { jobHash } from "./job.ts";
import { demandReach } from "./reach.ts";
import { isStillAllowed, mayChange } from "./statement.ts";

/** Throws an UserError where a job is not what was shown, or may not be run by whoever asked for it any more. */
export async function demandRunnable(draft: RunDraft, requesters: Rights, context: CommandContext): Promise<void> {
  const { project, job, shown, needs, requester } = draft;
  if (jobHash(project, job, draft) !== shown) throw notIt("This is not what you were shown any more, so I ran nothing.");
  if (job.kind === "sql" && !isStillAllowed(job, mayChange(requesters, project)))
    throw notIt("Whoever asked for this may not run it any more, so I ran nothing.", "denied");
  demandReach(job, project, requesters);
  if (needs === "approval") return;
  const { because } = await circumstances(draft, draft.estimate, { ...context, rights: requesters, caller: requester });
  if (because.length > 0) throw notIt("Somebody else has to approve this by now, so I ran nothing.", "denied");
}

const notIt = (title: string, tone: "denied" | "mistake" = "mistake") => new UserError(title, { tone, next: "Ask again." });
