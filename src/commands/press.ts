// A pressed button of an intent: whether it counts is decided by one write, and rights are asked of whoever presses and of whoever asked.
import type { ApprovalView, NoticeView, View } from "../view/index.ts";
import { approvalView, type CardMore } from "./approval-view.ts";
import { actOf } from "./audit/act-of.ts";
import { audited, cameOut } from "./audit/audited.ts";
import { carryOutStop } from "./carry-out-stop.ts";
import type { Answer, CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import type { Decision, Intent, IntentDraft, Intents, Press, StopDraft } from "./intents.ts";
import type { Ask } from "./request.ts";
import type { Rights } from "./rights/rights.ts";
import { carryOutRun } from "./running/carry-out.ts";
import { demandRunnable } from "./running/demand-runnable.ts";
import { endOfRun, runView } from "./running/views.ts";
import { demandStillEnough } from "./stop.ts";
import { offers } from "./suggest.ts";

/** The context of a command that acts. */
type Acting = (verb: string) => CommandContext;

export async function pressIntent(ask: Extract<Ask, { kind: "intent" }>, intents: Intents, acting: Acting): Promise<Answer> {
  const { intentId, press } = ask;
  const draft = await intents.draftOf(intentId);
  if (draft === undefined) throw expired();
  const context = acting(draft.verb);
  if (press === "type" && draft.verb === "stop") {
    context.demandIn(draft.project);
    return { view: typedForm(intentId, draft, context) };
  }
  if (press === "type") throw expired();
  if (press === "run" || press === "approve") {
    context.demandIn(draft.project);
    const requesters = await demandOfRequester(draft, context);
    if (draft.verb !== "stop") await demandRunnable(draft, requesters, context);
    else if (press === "run") {
      demandStillEnough(draft, context);
      if (draft.needs === "typed") demandTyped(draft, ask.typed);
    }
  }
  // Whoever asked takes it back, whatever they may do by now; anybody else needs the right to do it.
  if (press === "deny" && !isRequester(draft, context)) context.demandIn(draft.project);
  const decision = await intents.decide(intentId, press, context.caller, context.request.id);
  if (decision.kind !== "yours") return { view: await undecided(decision, press, intentId, context) };
  return decided(intentId, decision.intent, intents, context);
}

async function decided(intentId: string, intent: Intent, intents: Intents, context: CommandContext): Promise<Answer> {
  const { draft, card } = intent;
  /** What is not on record yet, or on no card, whoever sweeps has put there. */
  const close = async (phase: ApprovalView["phase"]) => {
    if (card === undefined) return;
    const isOnRecord = await context.audit.conclude(intentId, intent);
    const isSaid = await context.editCard(card, approvalView(intentId, intent, phase));
    if (isOnRecord && isSaid) await intents.closed(intentId).catch(() => undefined);
  };
  switch (intent.state) {
    case "awaiting": {
      await context.audit.note(actOf(intent, "asked"));
      await askOthers(intentId, intent, intents, context);
      return { view: answerTo(intent, "asked", context) };
    }
    case "cancelled":
      await close("withdrawn");
      return { view: answerTo(intent, "kept", context) };
    case "denied":
      await close("denied");
      return { view: notice("You denied it; nothing was done. The card says so.", draft) };
    default:
      return carriedOut(intentId, intent, intents, context);
  }
}

/** Where no card is, nobody can approve it: then it is taken back. */
async function askOthers(intentId: string, intent: Intent, intents: Intents, context: CommandContext): Promise<void> {
  const posted = await context.postCard(approvalView(intentId, intent, "asked")).catch(async (cause: unknown) => {
    await intents.decide(intentId, "deny", context.caller);
    throw new UserError(
      "I could not post the card on which somebody else would approve it, so nothing was asked.",
      { tone: "trouble", next: "Try again in a minute. If it lasts, check whether I may post in this channel." },
      { cause },
    );
  });
  if (posted !== undefined) await intents.posted(intentId, posted);
}

async function carriedOut(intentId: string, intent: Intent, intents: Intents, context: CommandContext): Promise<Answer> {
  const { card } = intent;
  const edit = async (phase: ApprovalView["phase"], more: CardMore = {}) =>
    card === undefined || context.editCard(card, approvalView(intentId, intent, phase, more));
  // Beside what is done, which waits for no card.
  const begun = edit("begun");
  /** What became of it matters more than the mark; what no card says yet stays "executing", for whoever sweeps to say. */
  const end = async (phase: ApprovalView["phase"], more: CardMore = {}) => {
    const isInOrder = await begun;
    const isSaid = await edit(phase, more);
    if (isInOrder && isSaid) await intents.finish(intentId).catch(() => undefined);
  };
  try {
    const act = actOf(intent, intent.decidedBy === undefined ? "allowed" : "approved");
    const answer = await audited(context.audit, act, () => carryOut(intentId, intent, context), cameOut);
    const { phase, ...more } = endOfDraft(intent.draft, answer);
    await end(phase, more);
    return answer;
  } catch (error) {
    await end("failed");
    throw error;
  }
}

/** The one place in which anything is done. */
async function carryOut(intentId: string, intent: Intent, context: CommandContext): Promise<Answer> {
  const { draft } = intent;
  return draft.verb === "stop"
    ? carryOutStop({ ...intent, draft }, context)
    : carryOutRun(intentId, { ...intent, draft }, context);
}

/** How it came out, for the card. */
const endOfDraft = ({ verb }: IntentDraft, answer: Answer): CardMore & Pick<ApprovalView, "phase"> =>
  verb === "stop" ? { phase: endOf(answer), ...outcomeOf(answer) } : endOfRun(answer.view);

const endOf = ({ view }: Answer): ApprovalView["phase"] =>
  view.kind !== "stop" ? "failed" : view.phase === "stopped" ? "ended" : view.phase === "already-finished" ? "over" : "unsure";

const outcomeOf = ({ view }: Answer): Pick<ApprovalView, "outcome"> =>
  view.kind === "stop" && view.outcome !== undefined ? { outcome: view.outcome } : {};

/** What whoever asked is told of an intent on which nothing was done, or not yet. */
function answerTo(intent: Intent, phase: "asked" | "kept", context: CommandContext): View {
  const { draft, expiresAt } = intent;
  if (draft.verb !== "stop") return runView({ ...intent, draft }, phase);
  return { ...stopBase(draft, context), phase, ...(phase === "asked" ? { expiresAt } : {}) };
}

const stopBase = (draft: StopDraft, { refs, caller }: CommandContext) =>
  ({
    kind: "stop",
    link: { ref: refs.to(draft.project, draft.instanceId), project: draft.project, instanceId: draft.instanceId },
    by: caller.user,
    ...(draft.reason === undefined ? {} : { reason: draft.reason }),
  }) as const;

const isRequester = ({ requester }: IntentDraft, { caller }: CommandContext): boolean =>
  requester.team === caller.team && requester.user === caller.user;

/** Whoever asked may have lost the right since. */
async function demandOfRequester(draft: IntentDraft, context: CommandContext): Promise<Rights> {
  const { requester, channel, direct, verb, project } = draft;
  // Here they have been asked for it already; elsewhere (a form may come from nowhere) their place bounds them still.
  if (isRequester(draft, context) && channel === context.channel) return context.rights;
  const rights = await context.rightsDesk.of(requester, { channel, direct });
  if (rights.may("operate", project)) return rights;
  throw new UserError(`Whoever asked for this \`${verb}\` may not do it any more, so I did nothing.`, {
    tone: "denied",
    next: "If it is to be done all the same, ask for it yourself.",
  });
}

/** How much of an id is typed to confirm. */
export const typedCharacters = 4;

export const endToType = ({ instanceId }: Pick<StopDraft, "instanceId">): string => instanceId.slice(-typedCharacters);

function demandTyped(draft: StopDraft, typed: string | undefined): void {
  if (typed?.trim().toLowerCase() === endToType(draft).toLowerCase()) return;
  throw new UserError("That is not how the id of the instance ends, so I did nothing.", {
    next: `Press the button again and type its last ${typedCharacters} characters.`,
  });
}

const typedForm = (intentId: string, draft: StopDraft, { refs }: CommandContext) =>
  ({
    kind: "form",
    form: "confirm",
    command: draft.verb,
    title: "Stop instance",
    submit: "Stop instance",
    link: { ref: refs.to(draft.project, draft.instanceId), project: draft.project, instanceId: draft.instanceId },
    about: `This is a production project. The instance is cancelled for good; to confirm, type the last ${typedCharacters} characters of its id: ${endToType(draft)}`,
    fields: [{ kind: "text", name: "typed", label: `Last ${typedCharacters} characters`, longest: 20 }],
    intentId,
  }) as const;

async function undecided(
  decision: Exclude<Decision, { kind: "yours" }>,
  press: Press,
  intentId: string,
  context: CommandContext,
): Promise<NoticeView> {
  switch (decision.kind) {
    case "expired": {
      const { intent } = decision;
      // That nobody decided in time is put on record by whoever sweeps, as of when it was.
      if (intent?.state === "pending") await context.audit.note(actOf(intent, "expired"));
      if (intent?.card !== undefined) await context.editCard(intent.card, approvalView(intentId, intent, "expired"));
      throw expired();
    }
    case "foreign":
      throw new UserError("Only the person who asked can press this.", {
        tone: "denied",
        next: `Ask yourself with \`${decision.intent.draft.verb}\`.`,
      });
    case "own":
      throw new UserError("You asked for it, so somebody else has to approve it.", {
        tone: "denied",
        next: "Deny takes it back.",
      });
    case "used":
      return pressedBefore(decision.intent, press);
    default:
      return decision satisfies never;
  }
}

const expired = () =>
  new UserError("This button has expired, so nothing was done.", { next: "Ask again: it works for ten minutes." });

const afterFirstPress: Readonly<Record<Intent["state"], string>> = {
  pending: "This was pressed before, so nothing was done again.",
  awaiting: "You asked for it before, and nobody has decided yet.",
  executing: "This was pressed before, and it is under way.",
  done: "This was pressed before, so nothing was done again.",
  cancelled: "It was taken back, so nothing was done. Ask again if it is still wanted.",
  denied: "It was denied, so nothing was done.",
  expired: "Nobody decided in time, so nothing was done.",
};

/** A notice, because it stands beside the outcome of the first press and never in its place. */
const pressedBefore = ({ state, draft }: Intent, press: Press): NoticeView =>
  notice(
    state === "cancelled" && press === "run" && draft.verb === "stop"
      ? "You chose to keep it running, so nothing was stopped. Ask again with `stop`."
      : afterFirstPress[state],
    draft,
  );

const notice = (text: string, draft: IntentDraft): NoticeView => ({
  kind: "notice",
  text,
  suggestions:
    draft.verb === "stop" ? offers([{ label: "Status", command: `status ${draft.instanceId} -p ${draft.project}` }]) : [],
});
