// The only caller of commands: rights first, then the command, on behalf of the person who asks now.
import type { NoticeView } from "../view.ts";
import { caution } from "./caution.ts";
import type { Answer, Command, CommandContext } from "./command.ts";
import { demand } from "./demand.ts";
import { UserError } from "./errors.ts";
import type { Intent, Intents } from "./intents.ts";
import type { Parsed } from "./parse.ts";
import { parse, parseWords } from "./parse.ts";
import type { RefBook, Referred } from "./refs.ts";
import type { Ask } from "./request.ts";
import { SeveralInstances } from "./resolve.ts";
import { carryOutStop } from "./stop.ts";
import { offers } from "./suggest.ts";
import type { Word } from "./text.ts";

type RefAsk = Extract<Ask, { kind: "ref" }>;

export type Books = { readonly refs: RefBook; readonly intents: Intents };

/** Does what is asked, and answers. Throws an UserError or MaxComputeError; anything else is a fault of ours. */
export async function runAsk(ask: Ask, commands: readonly Command[], books: Books, context: CommandContext): Promise<Answer> {
  if (ask.kind === "intent") return pressIntent(ask, books.intents, context);
  if (ask.kind === "exposed") return { view: caution(ask) };
  if (ask.kind === "text") return runParsed(parse(ask.text, commands, context.request.replyTo), context);
  const referred = await openRef(ask, books.refs, context);
  const command = commands.find(({ form }) => form !== undefined && form.name === ask.verb);
  if (command?.fill !== undefined && ask.flags === undefined) {
    demand(command.name, command.access, context);
    context.refs.answeredAt(context.request.replyTo);
    return { view: await command.fill(referred, context) };
  }
  const verb = command?.name ?? ask.verb ?? "status";
  return runParsed(parseWords(wordsOf(verb, referred, ask.flags ?? {}, commands), commands), context);
}

async function runParsed({ command, values }: Parsed<Command>, context: CommandContext): Promise<Answer> {
  demand(command.name, command.access, context);
  try {
    return await command.run(values, context);
  } catch (error) {
    if (error instanceof SeveralInstances) return choices(error, command, context);
    throw error;
  }
}

async function openRef({ ref, flags }: RefAsk, refs: RefBook, { caller }: CommandContext): Promise<Referred> {
  const referred = await refs.open(caller, ref);
  if (referred !== undefined) return referred;
  throw new UserError(`This ${flags === undefined ? "button" : "form"} has expired.`, {
    next: "Ask again with the command.",
    offers: [{ label: "Help", command: "help" }],
  });
}

/** A harmless button is the command somebody could have typed about the instance behind its reference; a form adds flags to it. */
function wordsOf(
  verb: string,
  referred: Referred,
  flags: Readonly<Record<string, string>>,
  commands: readonly Command[],
): Word[] {
  const { project, instanceId, task } = referred;
  const takesTask = commands.some(({ name, args }) => name === verb && "task" in args);
  const given = Object.entries({ ...flags, ...(task !== undefined && takesTask ? { task } : {}) });
  return [
    { text: verb, quoted: false },
    // Quoted: an id comes from the service, and is an instance whatever it looks like.
    { text: instanceId, quoted: true },
    { text: `--project=${project}`, quoted: false },
    ...given.map(([name, value]) => ({ text: value === "" ? `--${name}` : `--${name}=${value}`, quoted: false })),
  ];
}

async function pressIntent(
  { intentId, press }: Extract<Ask, { kind: "intent" }>,
  intents: Intents,
  context: CommandContext,
): Promise<Answer> {
  if (press === "run") demand("stop", "operate", context);
  const decision = await intents.decide(intentId, press, context.caller);
  switch (decision.kind) {
    case "expired":
      throw new UserError("This button has expired, so nothing was done.", { next: "Ask again: it works for ten minutes." });
    case "foreign":
      throw new UserError("Only the person who asked can press this.", { tone: "denied", next: "Ask yourself with `stop`." });
    case "used":
      return { view: pressedBefore(decision.intent) };
    case "yours": {
      const { draft } = decision.intent;
      if (press === "cancel") {
        const { project, instanceId, reason } = draft;
        const link = { ref: context.refs.to(project, instanceId), project, instanceId };
        return {
          view: { kind: "stop", link, phase: "kept", by: context.caller.user, ...(reason === undefined ? {} : { reason }) },
        };
      }
      try {
        return await carryOutStop(decision.intent, context);
      } finally {
        // What became of it matters more than the mark: an intent that stays "executing" is refused like one that is done.
        await intents.finish(intentId).catch(() => undefined);
      }
    }
    default:
      return decision satisfies never;
  }
}

const afterFirstPress: Readonly<Record<Intent["state"], string>> = {
  pending: "This was pressed before, so nothing was done again.",
  executing: "This was pressed before, and the stop is under way.",
  done: "This was pressed before, so nothing was done again.",
  cancelled: "You chose to keep it running, so nothing was stopped. Ask again with `stop`.",
};

/** A notice, because it stands beside the outcome of the first press and never in its place. */
function pressedBefore({ state, draft }: Intent): NoticeView {
  const status = { label: "Status", command: `status ${draft.instanceId} -p ${draft.project}` };
  return { kind: "notice", text: afterFirstPress[state], suggestions: offers([status]) };
}

/** Offers the instances that answer to what was typed, each as a button that runs the same command on it. */
function choices({ typed, found }: SeveralInstances, command: Command, context: CommandContext): Answer {
  const verb = command.name;
  return {
    view: {
      kind: "choices",
      typed,
      verb,
      choices: found.map((named) => {
        const ref = context.refs.to(named.project, named.instanceId);
        return { link: { ref, ...named }, value: `${verb}:${ref}` };
      }),
    },
  };
}
