// What a command finds around it: made anew for each request, of whoever asks and where.
import type { MaxComputeClient } from "../maxcompute/index.ts";
import type { Announcements } from "./announcements.ts";
import type { AuditBook } from "./audit/audit-book.ts";
import type { Budgets } from "./budget.ts";
import type { CommandContext } from "./command.ts";
import type { Checkup } from "./doctor/checkup.ts";
import type { Intents } from "./intents.ts";
import { maskingBy, masksIn } from "./masking.ts";
import type { RecallBook } from "./recall.ts";
import type { Caller, CommandRequest, ReplyTo } from "./request.ts";
import type { RightsDesk } from "./rights/desk.ts";
import type { PolicyBook } from "./rights/policy-book.ts";
import type { Submissions } from "./running/submissions.ts";
import { minutes } from "./store.ts";
import type { Responder } from "./telling.ts";
import { type Turn, waitingEndsAt } from "./turn.ts";
import type { WatchBook } from "./watch-book.ts";

export type ContextPorts = {
  readonly rights: RightsDesk;
  readonly policyBook: PolicyBook;
  readonly watching: WatchBook;
  readonly responder: Pick<Responder, "mayPost" | "postCard">;
  readonly redraw: CommandContext["editCard"];
  readonly recall: RecallBook;
  readonly intents: Intents;
  readonly audit: Pick<AuditBook, "of">;
  readonly budgets: Budgets;
  readonly submissions: Submissions;
  readonly announcements: Pick<Announcements, "promise">;
  /** A client of the project, for what this person asked, or nobody; it is narrowed to the deadline of each command. */
  maxcompute(project: string, caller: Caller | undefined): MaxComputeClient;
  checkups(request: CommandRequest, maxcompute: MaxComputeClient): readonly Checkup[];
  projectOf(replyTo: ReplyTo): string;
  now(): number;
  pause(ms: number): Promise<void>;
  readonly version: string;
};

/** What differs between who answers and who only reads on. */
export type Own = Pick<CommandContext, "refs" | "tell" | "tellOther">;

/** How long a command waits for MaxCompute in all; a stop watches its effect longer, and so does who follows. */
export const readWaitsMs = 10_000;
const longWaitsMs = 25_000;
export const waitsMs = { long: longWaitsMs, file: minutes(13) };

/** Asks once who this is and which project is meant here. Throws what the directory and the store throw. */
export async function contextOf(ports: ContextPorts, request: CommandRequest, turn: Turn, own: Own): Promise<CommandContext> {
  const { caller, replyTo } = request;
  const { now, pause, responder, intents, budgets, submissions, watching, version } = ports;
  const startedAt = now();
  const endsAt = (forMs: number) => waitingEndsAt(startedAt, forMs, turn);
  const deadline = endsAt(request.ask.kind === "intent" ? longWaitsMs : readWaitsMs);
  const [rights, chosen] = await Promise.all([
    ports.rights.of(caller, replyTo),
    watching.projectOf({ team: caller.team, channel: replyTo.channel }),
  ]);
  const project = chosen ?? ports.projectOf(replyTo);
  return {
    caller,
    role: rights.roleIn(project),
    rights,
    rightsDesk: ports.rights,
    policyBook: ports.policyBook,
    demandIn: () => {
      throw new Error("only a command knows what it needs");
    },
    channel: replyTo.channel,
    project,
    maxcompute: (project, waits) =>
      ports.maxcompute(project, caller).withDeadline(waits === undefined ? deadline : endsAt(waitsMs[waits])),
    recall: ports.recall.of(caller, replyTo.channel),
    intents,
    audit: ports.audit.of(request, turn.worker),
    watching,
    checkups: (maxcompute) => ports.checkups(request, maxcompute),
    masked: maskingBy(masksIn(rights.policy)),
    budgets,
    submissions,
    mayPost: () => responder.mayPost(request),
    postCard: (view) => responder.postCard(request, view),
    editCard: ports.redraw,
    deadline,
    request,
    now,
    pause,
    promise: (act) => ports.announcements.promise(request, act, turn.worker),
    version,
    ...own,
  };
}
