// What the bot can be asked.
import type { Suggestion } from "./link.ts";

export type CommandHelp = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly { readonly name: string; readonly about: string }[];
  readonly examples: readonly string[];
};

export type HelpView = {
  readonly kind: "help";
  readonly groups: readonly { readonly title: string; readonly commands: readonly CommandHelp[] }[];
  /** Set when help for one command was asked. */
  readonly command?: CommandHelp;
  /** What the person may do here, and the project that is meant here; absent where that was not looked up. */
  readonly role?: string;
  readonly project?: string;
  readonly version: string;
  readonly suggestions: readonly Suggestion[];
};
