// The only place that turns an error into words.
import type { MaxComputeErrorKind } from "../maxcompute/index.ts";
import { MaxComputeError } from "../maxcompute/index.ts";
import type { ErrorView } from "../view/index.ts";
import { NotAudited, UserError } from "./errors.ts";
import type { Who } from "./rights/policy.ts";
import { offers } from "./suggest.ts";

type Advice = { readonly tone: ErrorView["tone"]; readonly title: string; readonly next: string };

const advice: Readonly<Record<MaxComputeErrorKind, Advice>> = {
  "not-found": {
    tone: "mistake",
    title: "MaxCompute knows no such instance in this project.",
    next: "Check the id, or name another project with `-p`. MaxCompute forgets old instances.",
  },
  "no-such-project": {
    tone: "mistake",
    title: "MaxCompute knows no such project.",
    next: "Check the name you gave with `-p`, or the channel's project.",
  },
  denied: {
    tone: "denied",
    title: "MaxCompute does not let this bot do that.",
    next: "The bot's MaxCompute account lacks a permission on the project or the instance: ask the project's owner to grant it.",
  },
  unauthorized: {
    tone: "trouble",
    title: "MaxCompute does not accept the bot's credentials.",
    next: "Whoever runs this bot has to check its access key.",
  },
  "already-finished": { tone: "mistake", title: "The instance has already finished.", next: "`status` shows how it ended." },
  "still-running": { tone: "mistake", title: "The instance is still running.", next: "Ask again when it has ended." },
  "task-failed": { tone: "mistake", title: "The task failed, so there is no result.", next: "`status` shows its error." },
  cancelled: {
    tone: "mistake",
    title: "The instance was stopped before it had finished, so there is no result.",
    next: "`status` shows when it ended. Run it again if it was stopped by mistake.",
  },
  suspended: {
    tone: "trouble",
    title: "A task of the instance is suspended, so there is no result.",
    next: "`tasks` shows which one. Whoever suspended it has to resume it, or the job must be run again.",
  },
  unknown: {
    tone: "trouble",
    title: "The instance has ended, but MaxCompute does not say how.",
    next: "Open it with `logview` before you trust its result, or ask for its `status` again in a minute.",
  },
  unsupported: {
    tone: "mistake",
    title: "MaxCompute cannot do that with this kind of instance.",
    next: "`tasks` shows what kind it is.",
  },
  invalid: { tone: "mistake", title: "MaxCompute refuses the request as it stands.", next: "Check the id and the project." },
  throttled: { tone: "trouble", title: "MaxCompute asks to slow down.", next: "Try again in a minute." },
  server: {
    tone: "trouble",
    title: "MaxCompute failed on its side.",
    next: "Try again in a minute; the instance itself goes on.",
  },
  "clock-skew": {
    tone: "trouble",
    title: "This bot's clock is wrong, so MaxCompute refuses it.",
    next: "Whoever runs this bot has to set its clock.",
  },
  unreachable: {
    tone: "trouble",
    title: "I cannot reach MaxCompute.",
    next: "Try again in a minute; the instance itself goes on. If it lasts, the endpoint or the network is at fault.",
  },
  timeout: {
    tone: "trouble",
    title: "MaxCompute did not answer in time.",
    next: "Try again in a minute; the instance itself goes on.",
  },
  aborted: {
    tone: "trouble",
    title: "I stopped waiting before MaxCompute had answered.",
    next: "The instance itself goes on: `status` shows how it stands.",
  },
  malformed: {
    tone: "trouble",
    title: "MaxCompute's answer made no sense.",
    next: "Try again; if it lasts, the endpoint is probably not MaxCompute's.",
  },
  "too-large": { tone: "trouble", title: "MaxCompute's answer is larger than I read.", next: "Open the instance in Logview." },
  refused: { tone: "trouble", title: "MaxCompute refused the request.", next: "Its own words are below." },
};

/** The instance is there, and what was asked for within it is not. */
const noSuchTask: Advice = {
  tone: "mistake",
  title: "The instance has no such task, or no result of it.",
  next: "`tasks` shows those it has.",
};

/** "not-found" with neither a code nor a status was found out here, from an answer that MaxCompute gave about the instance. */
const adviceOn = ({ kind, code, httpStatus }: MaxComputeError): Advice =>
  kind === "not-found" && code === undefined && httpStatus === undefined ? noSuchTask : advice[kind];

/** What a person is told about an error; anything that is neither theirs nor MaxCompute's is ours, and says no more than that. */
export function explain(error: unknown, errorId: string): ErrorView {
  if (error instanceof UserError) {
    return {
      kind: "error",
      tone: error.tone,
      title: error.message,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.next === undefined ? {} : { next: error.next }),
      ...(error.ask.length === 0 ? {} : { ask: peopleAmong(error.ask) }),
      errorId,
      suggestions: offers(error.offers),
    };
  }
  if (error instanceof MaxComputeError) {
    const { code, requestId, message } = error;
    return {
      kind: "error",
      ...adviceOn(error),
      errorId,
      cause: { message, ...(code === undefined ? {} : { code }), ...(requestId === undefined ? {} : { requestId }) },
      suggestions: [],
    };
  }
  if (error instanceof NotAudited) {
    return {
      kind: "error",
      tone: "trouble",
      title: "I could not write this into the audit trail, so I did nothing.",
      next: "Ask again in a minute. If it lasts, give the error id to whoever runs this bot.",
      errorId,
      suggestions: [],
    };
  }
  return {
    kind: "error",
    tone: "trouble",
    title: "Something broke on my side.",
    next: "Try again. If it happens again, give the error id to whoever runs this bot: the log has it.",
    errorId,
    suggestions: [],
  };
}

/** Those that can be called by a name. */
const peopleAmong = (who: readonly Who[]): NonNullable<ErrorView["ask"]> =>
  who.flatMap((each) => (each.kind === "user" || each.kind === "group" ? [{ kind: each.kind, id: each.id }] : []));
