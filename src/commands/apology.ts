// What a person is told when a request did not come to its end, and the way on from there.
import type { ErrorView, NoticeView, Suggestion } from "../view/index.ts";
import { caution } from "./caution.ts";
import type { IntentDraft } from "./intents.ts";
import type { Ask, CommandRequest } from "./request.ts";
import { offers } from "./suggest.ts";

export type Apology = "stale" | "interrupted" | "cut off" | "slow";

export const waiting: NoticeView = { kind: "notice", text: "Still asking MaxCompute; I will answer here.", suggestions: [] };
export const notShared: NoticeView = {
  kind: "notice",
  text: "Only you see this: I may not post here. Invite me to the channel, then share it again.",
  suggestions: [],
};

/** A button that asks the same once more; none for a confirmed act, which is asked anew instead. */
export function askAgain(ask: Ask): readonly Suggestion[] {
  if (ask.kind === "text") return offers([{ label: "Try again", command: ask.text }]);
  // What was filled in is gone with the form: it is offered anew.
  return ask.kind === "ref" && ask.verb !== undefined ? [{ label: "Try again", value: `${ask.verb}:${ask.ref}` }] : [];
}

/**
 * The words for a request without an answer. `draft` is what was confirmed, when that is known: its state is offered to be looked at.
 * Who is to be cautioned waits for nothing, and hears that.
 */
export function apology(
  why: Apology,
  { id, ask, origin }: CommandRequest,
  draft: IntentDraft | undefined,
): ErrorView | NoticeView {
  if (ask.kind === "exposed") return caution(ask);
  const acted = hasActed(ask, draft);
  const isRun = draft !== undefined && draft.verb !== "stop";
  const titles: Readonly<Record<Apology, string>> = {
    stale: `${origin === "job" ? "They were asked for" : "Your command reached me"} too late, so I did nothing.`,
    interrupted: acted
      ? isRun
        ? "I was interrupted while I was submitting it."
        : "I was interrupted while I was stopping the instance."
      : "I was interrupted before I could answer.",
    "cut off": "I was interrupted while I was answering you.",
    slow: acted
      ? isRun
        ? "Submitting takes longer than I can wait."
        : "Stopping takes longer than I can wait."
      : "This takes longer than I can wait.",
  };
  return {
    kind: "error",
    tone: "trouble",
    title: titles[why],
    next: isRun && acted && why !== "stale" ? sought : nextStep(why, acted),
    errorId: id,
    suggestions:
      draft === undefined
        ? askAgain(ask)
        : draft.verb !== "stop"
          ? []
          : offers([{ label: "Status", command: `status ${draft.instanceId} -p ${draft.project}` }]),
  };
}

/** Whether something may have been done: a press that only asks a second person does nothing itself. */
function hasActed(ask: Ask, draft: IntentDraft | undefined): boolean {
  if (ask.kind !== "intent") return false;
  return ask.press === "approve" || (ask.press === "run" && draft?.needs !== "approval");
}

/** By whoever looks after what was submitted (`running/tend.ts`). */
const sought =
  "It may or may not have been submitted. I look for it and tell you in a direct message what I find; I do not submit it again by myself.";

/** An act that was begun may have happened; everything else certainly changed nothing. */
function nextStep(why: Apology, acted: boolean): string {
  if (acted && why !== "stale") return "The instance may or may not have been stopped: `status` shows how things stand.";
  return why === "cut off" ? "If you see no answer above, please ask again." : "Please ask again.";
}

/** Beside a file that was on its way when its sender ended. */
export const perhapsSent = "I may have sent this file before.";

/** A file that could not be sent however often it was tried. Whoever was about to say so may have said it before it died. */
export const fileLost = ({ id, ask }: CommandRequest, isPerhapsRepeated: boolean): ErrorView => ({
  kind: "error",
  tone: "trouble",
  title: "The file could not be sent.",
  next: `Ask again, or look at the rows here with \`result\`.${isPerhapsRepeated ? " I may have told this before." : ""}`,
  errorId: id,
  suggestions: askAgain(ask),
});
