// A command as one value: parsing, usage, rights, help and the docs all come from it.
import type { MaxComputeClient } from "../maxcompute/index.ts";
import type { ActedView, FormView, View } from "../view/index.ts";
import type { Arguments, Values } from "./arguments.ts";
import type { Audit } from "./audit/audit-book.ts";
import type { Budgets } from "./budget.ts";
import type { Checkup } from "./doctor/checkup.ts";
import type { Card, Intents } from "./intents.ts";
import type { Masked } from "./masking.ts";
import type { Recall } from "./recall.ts";
import type { Referred, Refs } from "./refs.ts";
import type { Caller, CommandRequest } from "./request.ts";
import type { RightsDesk } from "./rights/desk.ts";
import type { PolicyBook } from "./rights/policy-book.ts";
import type { Rights } from "./rights/rights.ts";
import type { Access, Role } from "./roles.ts";
import type { Submissions } from "./running/submissions.ts";
import type { WatchBook } from "./watch-book.ts";

export type Answer = {
  readonly view: View;
  /** Everybody in the conversation sees it; otherwise only who asked. */
  readonly share?: boolean;
  /** Told to the channel besides, because somebody changed something. */
  readonly announce?: ActedView;
};

export type CommandContext = {
  readonly caller: Caller;
  /** In the project of this conversation. */
  readonly role: Role | undefined;
  readonly rights: Rights;
  readonly rightsDesk: RightsDesk;
  readonly policyBook: PolicyBook;
  /** Throws where this person may not run this command about that project. Every client of a project asks it, too. */
  demandIn(project: string): void;
  readonly channel: string;
  /** The project of this conversation: what was chosen for it, or the installation's. */
  readonly project: string;
  /**
   * A client of a project whose every call is over by the deadline of this command. "long": for one that tells what it sees on the way;
   * "file": for what is sent on its own.
   */
  maxcompute(project: string, waits?: "long" | "file"): MaxComputeClient;
  readonly recall: Recall;
  readonly refs: Refs;
  readonly intents: Intents;
  readonly audit: Audit;
  readonly watching: WatchBook;
  readonly budgets: Budgets;
  readonly submissions: Submissions;
  /** Posts a card for everybody here, and says where it is; undefined when nobody knows whether it came through. Throws when it did not. */
  postCard(view: View): Promise<Card | undefined>;
  /** Draws a card anew. Never throws and never takes long: what it says has happened. False where it may not say it, or not yet. */
  editCard(card: Card, view: View): Promise<boolean>;
  /** What can be looked at about the bot itself, as who asks stands to it, and about what it may do by this client. */
  checkups(maxcompute: MaxComputeClient): readonly Checkup[];
  /** Which columns of a project's results nobody is shown. */
  masked(project: string): Masked;
  /** Whether the bot may post in this conversation on its own, unasked. */
  mayPost(): Promise<boolean>;
  /** Epoch ms by which MaxCompute has answered, and what is not known by then is said to be so. */
  readonly deadline: number;
  readonly request: CommandRequest;
  now(): number;
  /** Waits, never past the deadline of the command. */
  pause(ms: number): Promise<void>;
  /** Says something on the way to the answer. */
  tell(view: View): Promise<void>;
  /** Says something to somebody else, alone. Never throws: what it says has happened. */
  tellOther(other: Caller, view: View): Promise<void>;
  /** Before an act: what everybody hears of it even if this process ends in the middle. The answer's `announce` says how it came out. */
  promise(act: ActedView): Promise<void>;
  /** Shown by `help`. */
  readonly version: string;
};

/**
 * A form in which a command is filled in. The button `<name>:<ref>` opens it; what comes back is the command about the same thing, with
 * each field as the flag of its name.
 */
export type FormSpec = {
  readonly name: string;
  /** Shown while it is loading; 24 characters at most. */
  readonly title: string;
  /** It opens, too, when the command is typed without what its form asks for first: the text that is taken as typed. */
  readonly opensBare?: boolean;
};

/** All of a command but its running: what the door needs to parse, to check rights and to help. */
export type CommandSpec = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: "Look" | "Follow" | "Act" | "Help";
  readonly summary: string;
  readonly access: Access;
  readonly args: Arguments;
  readonly examples: readonly string[];
  readonly form?: FormSpec;
  /** It changes what others have or may do: on record before and after. What is asked about first is on record when it is pressed. */
  readonly acts?: true;
};

/** Fills the form of a command in as far as is known. */
export type Fill = (about: Referred, context: CommandContext) => Promise<FormView>;

export type Command = CommandSpec & {
  /** Runs with values that `args` has read. */
  run(values: Readonly<Record<string, unknown>>, context: CommandContext): Promise<Answer>;
  /** There where the spec has a form. */
  readonly fill?: Fill;
};

type TypedSpec<A extends Arguments> = CommandSpec & { readonly args: A };

/** Fills in what a spec need not say. */
export const defineSpec = <const A extends Arguments>(
  spec: Omit<TypedSpec<A>, "aliases" | "examples"> & Partial<Pick<CommandSpec, "aliases" | "examples">>,
): TypedSpec<A> => ({ aliases: [], examples: [], ...spec });

/** Ties the types of a spec's `args` to those of `run`; nothing happens at run time. */
export const defineCommand = <const A extends Arguments>(
  spec: TypedSpec<A>,
  run: (values: Values<A>, context: CommandContext) => Promise<Answer>,
  fill?: Fill,
): Command => ({
  ...spec,
  run: (values, context) => run(values as Values<A>, context),
  ...(fill === undefined ? {} : { fill }),
});
