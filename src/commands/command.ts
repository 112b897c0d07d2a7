// A command as one value: parsing, usage, rights, help and the docs all come from it.
import type { MaxComputeClient } from "../maxcompute/index.ts";
import type { View } from "../view.ts";
import type { Arguments, Values } from "./arguments.ts";
import type { Intents } from "./intents.ts";
import type { Recall } from "./recall.ts";
import type { Refs } from "./refs.ts";
import type { Caller, CommandRequest } from "./request.ts";
import type { Access, Role } from "./roles.ts";

export type Answer = {
  readonly view: View;
  /** Everybody in the conversation sees it; otherwise only who asked. */
  readonly share?: boolean;
  /** Told to the channel besides, because somebody changed something. */
  readonly announce?: View;
};

export type CommandContext = {
  readonly caller: Caller;
  readonly role: Role | undefined;
  readonly channel: string;
  /** The project of this conversation. */
  readonly project: string;
  /** A client of a project whose every call is over by the deadline of this command. */
  maxcompute(project: string): MaxComputeClient;
  readonly recall: Recall;
  readonly refs: Refs;
  readonly intents: Intents;
  readonly request: CommandRequest;
  now(): number;
  /** Waits, never past the deadline of the command. */
  pause(ms: number): Promise<void>;
  /** Says something on the way to the answer. */
  tell(view: View): Promise<void>;
  /** Shown by `help`. */
  readonly version: string;
};

export type Command = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: "Look" | "Follow" | "Act" | "Help";
  readonly summary: string;
  readonly access: Access;
  readonly args: Arguments;
  readonly examples: readonly string[];
  /** Runs with values that `args` has read. */
  run(values: Readonly<Record<string, unknown>>, context: CommandContext): Promise<Answer>;
};

/** Ties the types of `args` to those of `run`; nothing happens at run time. */
export function defineCommand<const A extends Arguments>(command: {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly group: Command["group"];
  readonly summary: string;
  readonly access: Access;
  readonly args: A;
  readonly examples?: readonly string[];
  run(values: Values<A>, context: CommandContext): Promise<Answer>;
}): Command {
  return {
    aliases: [],
    examples: [],
    ...command,
    run: (values, context) => command.run(values as Values<A>, context),
  };
}
