// The only caller of commands: rights first, then the command, on behalf of the person who asks now.
import type { CameOut } from "./audit/audit-book.ts";
import { audited } from "./audit/audited.ts";
import { denialOf } from "./audit/denial.ts";
import { caution } from "./caution.ts";
import type { Answer, Command, CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import type { Intents } from "./intents.ts";
import type { Parsed } from "./parse.ts";
import { parse, parseWords } from "./parse.ts";
import { pressIntent } from "./press.ts";
import type { RefBook, Referred } from "./refs.ts";
import type { Ask } from "./request.ts";
import { SeveralInstances } from "./resolve.ts";
import { everyProject } from "./rights/policy.ts";
import type { Word } from "./text.ts";
import { verbatimOf } from "./verbatim.ts";

type RefAsk = Extract<Ask, { kind: "ref" }>;

export type Books = { readonly refs: RefBook; readonly intents: Intents };

/** Does what is asked, and answers; a refusal for want of a right is on record. Throws an UserError or MaxComputeError; anything else is a fault of ours. */
export async function runAsk(ask: Ask, commands: readonly Command[], books: Books, context: CommandContext): Promise<Answer> {
  try {
    return await runAllowed(ask, commands, books, context);
  } catch (error) {
    if (error instanceof UserError && error.tone === "denied") {
      const about = await denialOf(ask, commands, books.intents, context.request.replyTo);
      await context.audit.note({ ...about, decision: "denied", reason: error.message });
    }
    throw error;
  }
}

/** What somebody typed, where they typed it. */
const saidIn = ({ request: { ask } }: CommandContext, project: string | undefined) => ({
  ...(ask.kind === "text" ? { text: ask.text } : {}),
  ...(project === undefined ? {} : { project }),
});

const done = (): CameOut => ({ outcome: "done" });

async function runAllowed(ask: Ask, commands: readonly Command[], books: Books, context: CommandContext): Promise<Answer> {
  if (ask.kind === "intent") return pressIntent(ask, books.intents, (name) => as({ name, access: "operate" }, context));
  if (ask.kind === "exposed") return { view: caution(ask) };
  if (ask.kind === "text") return runParsed(parse(ask.text, commands, context.request.replyTo), context);
  const referred = await openRef(ask, books.refs, context);
  const command = commands.find(({ form }) => form !== undefined && form.name === ask.verb);
  if (command?.fill !== undefined && ask.flags === undefined) {
    const asking = as(command, context);
    asking.demandIn(referred.project);
    context.refs.answeredAt(context.request.replyTo);
    return { view: await command.fill(referred, asking) };
  }
  if (command !== undefined && isDraft(referred))
    return runParsed(parseWords(draftWords(command, referred, ask.flags ?? {}), commands), context);
  const verb = command?.name ?? ask.verb ?? "status";
  return runParsed(parseWords(wordsOf(verb, referred, ask.flags ?? {}, commands), commands), context);
}

/** The context as a command has it: nothing of a project is to be had without the right to run it there. */
function as({ name, access }: Pick<Command, "name" | "access">, context: CommandContext): CommandContext {
  const demandIn = (project: string) => context.rights.demand(name, access === "any" ? "read" : access, project);
  return {
    ...context,
    demandIn,
    maxcompute(project, waits) {
      demandIn(project);
      return context.maxcompute(project, waits);
    },
  };
}

async function runParsed({ command, values }: Parsed<Command>, context: CommandContext): Promise<Answer> {
  const { name: verb, access } = command;
  const named = typeof values.project === "string" ? values.project : undefined;
  // What administrators do without a project is about all of them.
  const about = named ?? (access === "admin" ? undefined : context.project);
  context.rights.demandAnywhere(verb, access, access === "admin" ? everyProject : (named ?? context.project));
  if (values.share === true) await demandReaders(context);
  const own = as(command, context);
  const effect = () => command.run(values, own);
  try {
    if (command.acts !== true) return await effect();
    if (named !== undefined) own.demandIn(named);
    return await audited(context.audit, { verb, ...saidIn(context, about), decision: "allowed" }, effect, done);
  } catch (error) {
    if (error instanceof SeveralInstances) return choices(error, command, context);
    throw error;
  }
}

/** A direct message bounds nothing because nobody else reads it; between two people somebody does, and nobody says who. */
async function demandReaders({ request, mayPost }: CommandContext): Promise<void> {
  if (!request.replyTo.direct || (await mayPost())) return;
  throw new UserError("I do not know who reads this conversation, so I share nothing in it.", {
    tone: "denied",
    next: "Ask without `--share`, or in a channel.",
  });
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

/** A reference to something to run, and to no instance. */
const isDraft = ({ instanceId }: Referred): boolean => instanceId === "";

/** What was filled in about no instance: the text that the command takes as typed comes last. */
function draftWords({ name, args }: Command, { project }: Referred, flags: Readonly<Record<string, string>>): Word[] {
  const verbatim = verbatimOf(args) ?? "";
  const { [verbatim]: text = "", ...others } = { project, ...flags };
  const given = Object.entries(others).filter(([, value]) => value !== "");
  return [
    { text: name, quoted: false },
    ...given.map(([flag, value]) => ({ text: `--${flag}=${value}`, quoted: false })),
    ...(text.trim() === "" ? [] : [{ text: text.trim(), quoted: true, isVerbatim: true }]),
  ];
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
