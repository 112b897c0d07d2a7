// The only caller of commands: rights first, then the command, on behalf of the person who asks now.
import type { Answer, Command, CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import { denial } from "./explain.ts";
import type { Intents } from "./intents.ts";
import { parse } from "./parse.ts";
import type { RefBook } from "./refs.ts";
import type { Ask } from "./request.ts";
import { SeveralInstances } from "./resolve.ts";
import type { Access } from "./roles.ts";
import { allows, roleFor } from "./roles.ts";
import { carryOutStop } from "./stop.ts";

export type Books = { readonly refs: RefBook; readonly intents: Intents };

/** Does what is asked, and answers. Throws an UserError or MaxComputeError; anything else is a fault of ours. */
export async function runAsk(ask: Ask, commands: readonly Command[], books: Books, context: CommandContext): Promise<Answer> {
  if (ask.kind === "intent") return pressIntent(ask, books.intents, context);
  const text = ask.kind === "text" ? ask.text : await textOf(ask, books.refs, context);
  const { command, values } = parse(text, commands);
  demand(command.name, command.access, context);
  try {
    return await command.run(values, context);
  } catch (error) {
    if (error instanceof SeveralInstances) return choices(error, command, context);
    throw error;
  }
}

/** Refuses a person whose role is not enough; the same words whatever the target is. */
export function demand(verb: string, access: Access, { role }: Pick<CommandContext, "role">): void {
  if (!allows(role, access)) throw denial(verb, roleFor(access) ?? "viewer", role, []);
}

/** A harmless button is the command somebody could have typed about the instance behind its reference. */
async function textOf(ask: Extract<Ask, { kind: "ref" }>, refs: RefBook, { caller }: CommandContext): Promise<string> {
  const referred = await refs.open(caller, ask.ref);
  if (referred === undefined) {
    throw new UserError("This button has expired.", {
      next: "Ask again with the command.",
      offers: [{ label: "Help", command: "help" }],
    });
  }
  return `${ask.verb ?? "status"} ${referred.instanceId} -p ${referred.project}`;
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
      throw new UserError("This button was pressed before, so nothing was done again.", {
        next: "`status` shows how things stand.",
      });
    case "yours": {
      const { draft } = decision.intent;
      if (press === "cancel") {
        const { project, instanceId, reason } = draft;
        const link = { ref: context.refs.to(project, instanceId), project, instanceId };
        return {
          view: { kind: "stop", link, phase: "kept", by: context.caller.user, ...(reason === undefined ? {} : { reason }) },
        };
      }
      const answer = await carryOutStop(decision.intent, context);
      await intents.finish(intentId);
      return answer;
    }
    default:
      return decision satisfies never;
  }
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
