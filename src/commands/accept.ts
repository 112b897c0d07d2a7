// The door: takes what a person did, answers what needs no looking up, and puts everything else on record before it is acknowledged.
// It must stay small: on AWS it is all that runs within Slack's three seconds.
import type { Log } from "../log.ts";
import type { AtOnceView, ShownInstance } from "../view/index.ts";
import { answerAtOnce } from "./at-once.ts";
import type { CommandSpec } from "./command.ts";
import { explain } from "./explain.ts";
import { requestIdOf } from "./ids.ts";
import { MaybeQueued } from "./maybe-queued.ts";
import { matching } from "./menu.ts";
import { createNowAndThen } from "./now-and-then.ts";
import type { FormOpener, Opening } from "./opening.ts";
import { opens } from "./opening.ts";
import { outsider } from "./outsider.ts";
import type { Shown } from "./recall.ts";
import type { Ask, Caller, CommandQueue, CommandRequest, ReplyTo } from "./request.ts";
import { withoutTokens } from "./text.ts";

/** A menu that somebody types into: what can be picked of what they were shown here. */
export type Menu = { readonly kind: "menu"; readonly typed: string };

/** Something a person did, as the platform told it. */
export type Incoming = {
  /** What the platform repeats when it delivers the same thing twice. */
  readonly delivery: string;
  readonly ask: Ask | Menu;
  /** With which a form can be opened, for three seconds. */
  readonly trigger?: string;
  readonly caller: Caller;
  readonly replyTo: ReplyTo;
  readonly origin: CommandRequest["origin"];
};

export type Accepted =
  /** Nothing has to be looked up: this is the answer, for the acknowledgement itself. */
  | { readonly kind: "answer"; readonly requestId: string; readonly view: AtOnceView }
  /** On record; the answer comes later. */
  | { readonly kind: "queued"; readonly requestId: string }
  /** A form was opened, and will be filled or say why not. */
  | { readonly kind: "modal"; readonly requestId: string }
  /** What can be picked. */
  | { readonly kind: "options"; readonly requestId: string; readonly options: readonly ShownInstance[] };

export type DoorPorts = {
  readonly commands: readonly CommandSpec[];
  readonly queue: CommandQueue;
  /** Whether somebody is of the workspace that the bot serves. What they may do there is asked when it is done. */
  isOurs(caller: Caller): boolean;
  readonly forms: FormOpener;
  readonly shown: Shown;
  /**
   * The last chance to tell somebody whose request could not be put on record and has no acknowledgement that could say so.
   * Absent where the platform delivers such a thing again when it is not acknowledged: then `accept` throws.
   */
  readonly lastWord?: (request: CommandRequest, view: AtOnceView) => Promise<void>;
  /** The same for a pressed button alone, which no platform delivers again. Where it fails, `accept` throws: the platform says something. */
  readonly beside?: (request: CommandRequest, view: AtOnceView) => Promise<void>;
  now(): number;
  readonly log: Log;
  readonly version: string;
};

/** Takes something a person did: quick, and safe to be given the same thing twice. */
export type Accept = (incoming: Incoming) => Promise<Accepted>;

/** Of one person of another workspace: one row in the audit trail is enough, and a worker for each command is not to be had. */
const refusedEveryMs = 10 * 60_000;

export function createAccept(ports: DoorPorts): Accept {
  const { commands, queue, isOurs, forms, lastWord, beside, now, log, version } = ports;

  const isForTheRecord = createNowAndThen(refusedEveryMs, now);

  /** Somebody of another workspace is refused by whoever writes the audit trail, and at once when that is on record already. */
  function answerNow({ ask, caller, id }: CommandRequest): AtOnceView | undefined {
    if (isOurs(caller)) return answerAtOnce(ask, commands, { version }, id);
    return isForTheRecord(`${caller.team}/${caller.user}`) ? undefined : explain(outsider(), id);
  }

  /** Nothing to pick is no trouble worth a word: the same can be typed. */
  async function options({ typed }: Menu, { delivery, caller, replyTo }: Incoming): Promise<Accepted> {
    const requestId = requestIdOf(delivery);
    try {
      const shown = !isOurs(caller) ? [] : await ports.shown(caller, replyTo.channel);
      return { kind: "options", requestId, options: matching(shown, typed) };
    } catch (error) {
      log.error("menu.unanswered", { requestId, user: caller.user, error });
      return { kind: "options", requestId, options: [] };
    }
  }

  /** Opens the form that this asks for; whether this person may have it is found out when it is filled. */
  async function openForm({ id, ask, caller }: CommandRequest, trigger: string | undefined): Promise<Opening> {
    const form = opens(ask, commands);
    if (form === undefined || trigger === undefined || !isOurs(caller)) return { kind: "not open" };
    const opening = await forms.open(form, trigger, `form-${id}`).catch((error: unknown): Opening => {
      log.error("form.not_opened", { requestId: id, error });
      return { kind: "not open" };
    });
    log.info("form.opening", { requestId: id, form: form.name, became: opening.kind });
    return opening;
  }

  /** Whether the form said it. */
  async function sayInForm({ id, replyTo }: CommandRequest, view: AtOnceView): Promise<boolean> {
    if (replyTo.form === undefined) return false;
    return forms.say(replyTo.form, view).then(
      () => true,
      (error: unknown) => {
        log.error("form.unanswered", { requestId: id, error });
        return false;
      },
    );
  }

  /** Whether it was said beside the button that was pressed. */
  async function sayBeside(request: CommandRequest, view: AtOnceView): Promise<boolean> {
    if (request.origin !== "button" || beside === undefined) return false;
    return beside(request, view).then(
      () => true,
      (error: unknown) => {
        log.error("button.unanswered", { requestId: request.id, error });
        return false;
      },
    );
  }

  async function refuse(request: CommandRequest, error: unknown): Promise<Accepted> {
    const { id: requestId, origin } = request;
    log.error("request.not_accepted", { requestId, error });
    const view = error instanceof MaybeQueued ? perhaps(requestId) : explain(error, requestId);
    if (await sayInForm(request, view)) return { kind: "modal", requestId };
    if (!acksSayWords.has(origin) && !(await sayBeside(request, view))) {
      if (lastWord === undefined) throw error;
      await lastWord(request, view).catch((lost: unknown) => log.error("request.unanswered", { requestId, error: lost }));
    }
    return { kind: "answer", requestId, view };
  }

  async function take(request: CommandRequest): Promise<Accepted> {
    const { id: requestId, ask, caller, origin, replyTo } = request;
    try {
      const view = origin === "slash" ? answerNow(request) : undefined;
      if (view !== undefined) {
        log.info("request.answered_at_once", { requestId, user: caller.user, view: view.kind });
        return { kind: "answer", requestId, view };
      }
      await queue.send(request);
      log.info("request.accepted", { requestId, user: caller.user, team: caller.team, origin, ask: ask.kind });
      return { kind: replyTo.form === undefined ? "queued" : "modal", requestId };
    } catch (error) {
      return refuse(request, error);
    }
  }

  return async (delivered) => {
    const { caller, ask, replyTo, origin, trigger } = delivered;
    if (ask.kind === "menu") return options(ask, delivered);
    const id = requestIdOf(delivered.delivery);
    const request: CommandRequest = { schema: 1, id, ask: harmless(ask), caller, replyTo, origin, requestedAt: now() };
    const opening = await openForm(request, trigger);
    // Its first delivery opened the form and sees to the rest; a request without the form would be answered in its place.
    if (opening.kind === "repeated") return { kind: "modal", requestId: id };
    return take("at" in opening ? { ...request, replyTo: { ...replyTo, form: opening.at } } : request);
  };
}

/** Where the acknowledgement itself can say something to the person. */
const acksSayWords: ReadonlySet<CommandRequest["origin"]> = new Set(["slash", "form"]);

/** Nothing that is kept or repeated holds the token of a pasted Logview link. */
function harmless(ask: Ask): Ask {
  if (ask.kind === "text") return { ...ask, text: withoutTokens(ask.text) };
  if (ask.kind !== "ref" || ask.flags === undefined) return ask;
  const flags = Object.entries(ask.flags).map(([name, value]) => [name, withoutTokens(value)] as const);
  return { ...ask, flags: Object.fromEntries(flags) };
}

/** It may run and it may not: the person is told just that, and what to look out for. */
const perhaps = (requestId: string): AtOnceView => ({
  kind: "notice",
  text: `Received as \`${requestId}\`, but I cannot be sure. If nothing comes in a minute, it did not run.`,
  suggestions: [],
});
