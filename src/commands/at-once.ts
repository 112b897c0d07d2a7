import type { AtOnceView } from "../view.ts";
import type { CommandSpec } from "./command.ts";
import { demand } from "./demand.ts";
import { UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { helpView } from "./help.ts";
import { parse } from "./parse.ts";
import type { Ask } from "./request.ts";
import type { Role } from "./roles.ts";

type Here = { readonly role: Role | undefined; readonly version: string };

/** The answer for which nothing has to be looked up: help, a typing mistake, a right that is missing. Undefined for all else. */
export function answerAtOnce(ask: Ask, commands: readonly CommandSpec[], here: Here, requestId: string): AtOnceView | undefined {
  if (ask.kind !== "text") return undefined;
  try {
    const { command, values } = parse(ask.text, commands);
    demand(command.name, command.access, here);
    if (command.name !== "help") return undefined;
    return helpView(commands, typeof values.command === "string" ? values.command.toLowerCase() : undefined, here);
  } catch (error) {
    if (error instanceof UserError) return explain(error, requestId);
    throw error;
  }
}
