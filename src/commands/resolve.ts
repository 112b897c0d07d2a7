// From what was typed to one instance: the bot's own memory first, then the newest instances of the project.
import type { CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import { readListing } from "./read-listing.ts";
import type { Named } from "./recall.ts";
import { days } from "./store.ts";
import type { Target } from "./target.ts";

/** How far a suffix is sought in MaxCompute itself. */
const soughtInstances = 1_000;
const soughtTime = days(7);
const offered = 5;

/** Thrown when several instances answer to a suffix; the runner turns it into a choice of buttons. */
export class SeveralInstances extends Error {
  override readonly name = "SeveralInstances";
  readonly typed: string;
  readonly found: readonly Named[];

  constructor(typed: string, found: readonly Named[]) {
    super(`several instances end in ${typed}`);
    this.typed = typed;
    this.found = found;
  }
}

/** The instance a target means, remembered as `last` of this person here. Throws an UserError or SeveralInstances. */
export async function resolve(target: Target, project: string | undefined, context: CommandContext): Promise<Named> {
  const known = await find(target, project, context);
  const found = project === undefined ? known : { ...known, project }; // what was typed outweighs what is remembered
  context.demandIn(found.project);
  await context.recall.named(found);
  return found;
}

async function find(target: Target, project: string | undefined, context: CommandContext): Promise<Named> {
  switch (target.kind) {
    case "id":
      return { project: project ?? target.project ?? context.project, instanceId: target.instanceId };
    case "last":
      return (await context.recall.last()) ?? nothingYet();
    case "number":
      return rowOf(target.number, context);
    case "suffix":
      return bySuffix(target.suffix, project, context);
    case "card":
      return ofCard(context);
    default:
      return target satisfies never;
  }
}

/** The instance whose card this is the thread of. */
async function ofCard({ watching, caller: { team }, request: { replyTo } }: CommandContext): Promise<Named> {
  const watches = await watching.ofChannel({ team, channel: replyTo.channel });
  const watch = watches.find(({ thread: { ts } }) => ts !== undefined && ts === replyTo.thread);
  if (watch !== undefined) return { project: watch.project, instanceId: watch.instanceId };
  throw new UserError("This thread is not that of a card, so I do not know which instance you mean.", {
    next: "Give its id.",
    offers: [{ label: "Watches", command: "watches" }],
  });
}

function nothingYet(): never {
  throw new UserError("There is no `last` yet: you have not named an instance in this channel.", {
    next: "Give an id, or start with `list`.",
    offers: [{ label: "List", command: "list" }],
  });
}

async function rowOf(number: number, { recall }: CommandContext): Promise<Named> {
  const row = await recall.row(number);
  if (typeof row !== "string") return row;
  const why = {
    "no-list": "you have not listed anything in this channel yet",
    expired: "your last list here is older than 15 minutes",
    "no-row": "your last list here is shorter",
  }[row];
  throw new UserError(`\`#${number}\` names nothing: ${why}.`, {
    next: "`list` gives new numbers.",
    offers: [{ label: "List", command: "list" }],
  });
}

async function bySuffix(suffix: string, typedProject: string | undefined, context: CommandContext): Promise<Named> {
  const project = typedProject ?? context.project;
  const remembered = await context.recall.endingWith(suffix);
  const isMeant = (named: Named) => typedProject === undefined || named.project === typedProject;
  // Rights go while what was seen is remembered.
  const known = remembered.filter((named) => isMeant(named) && context.rights.may("read", named.project));
  if (known.length > 1) throw new SeveralInstances(suffix, known.slice(0, offered));
  const [only] = known;
  if (only !== undefined) return only;
  const { instances } = await readListing(context.maxcompute(project), { onlyOwner: false, from: context.now() - soughtTime });
  const found = instances
    .slice(0, soughtInstances)
    .filter(({ id }) => id.endsWith(suffix))
    .map(({ id }): Named => ({ project, instanceId: id }));
  if (found.length > 1) throw new SeveralInstances(suffix, found.slice(0, offered));
  const [match] = found;
  if (match !== undefined) return match;
  throw new UserError(`No instance of \`${project}\` ends in \`${suffix}\`.`, {
    detail: `I looked among those you named here and the newest ${soughtInstances.toLocaleString("en-US")} of the last 7 days.`,
    next: "Give the whole id, or another project with `-p`.",
    offers: [{ label: "List", command: `list -p ${project}` }],
  });
}
