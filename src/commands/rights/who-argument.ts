import type { Read } from "../arguments.ts";
import { UserError } from "../errors.ts";
import type { Role } from "../roles.ts";
import type { Who } from "./policy.ts";
import { projectGlob, readRole, readWho } from "./policy-text.ts";

/** `here` is the channel in which it is typed; a name that was not picked from a list names nobody for certain. */
export type Whom = Who | { readonly kind: "here" } | { readonly kind: "name"; readonly name: string };

/** Somebody, as Slack writes a mention; a channel; `everyone`, `channels` or `here`. */
export const whom: Read<Whom> = (word, name) => {
  if (word.toLowerCase() === "here") return { kind: "here" };
  const who = readWho(word);
  if (who !== undefined) return who;
  if (/^[@#][^\s<>]{1,80}$/.test(word)) return { kind: "name", name: word };
  throw new UserError(`\`${name}\` wants a person, a user group or a channel, not \`${word.slice(0, 40)}\`.`, {
    next: "Pick them from Slack's list as you type @ or #, or give `everyone`, `channels`, `here`, or an id such as `U0123ABCD`.",
  });
};

export const role: Read<Role> = (word, name) => {
  const read = readRole(word);
  if (read === undefined) throw new UserError(`\`${name}\` wants viewer, operator or admin, not \`${word.slice(0, 40)}\`.`);
  return read;
};

/** A project, or a glob such as `prod_*`. */
export const projects: Read<string> = (word, name) => {
  if (projectGlob.test(word)) return word;
  throw new UserError(`\`${name}\` wants a project such as \`prod_dw\` or \`prod_*\`, not \`${word.slice(0, 40)}\`.`);
};
