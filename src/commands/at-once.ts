import type { AtOnceView } from "../view/index.ts";
import type { CommandSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { explain } from "./explain.ts";
import { helpView } from "./help.ts";
import { parse } from "./parse.ts";
import type { Ask } from "./request.ts";

type Here = { readonly version: string };

/** The answer for which nothing has to be looked up: help, a typing mistake. Undefined for all else. */
export function answerAtOnce(ask: Ask, commands: readonly CommandSpec[], here: Here, requestId: string): AtOnceView | undefined {
  if (ask.kind !== "text") return undefined;
  try {
    const { command, values } = parse(ask.text, commands);
    if (command.name !== "help") return undefined;
    return helpView(commands, typeof values.command === "string" ? values.command.toLowerCase() : undefined, here);
  } catch (error) {
    if (error instanceof UserError) return explain(error, requestId);
    throw error;
  }
}
