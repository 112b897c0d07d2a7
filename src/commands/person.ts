import type { Read } from "./arguments.ts";
import { UserError } from "./errors.ts";

/** A person's id, as a mention or as it is: the platform tells no names. */
export const person: Read<string> = (word, name) => {
  const id = /^<?@?([UW][A-Z0-9]{2,30})(?:\|[^<>]*)?>?$/.exec(word)?.[1];
  if (id !== undefined) return id;
  throw new UserError(`\`${name}\` wants a person's id such as U0123ABCD, not \`${word.slice(0, 40)}\`.`, {
    next: "Mention them in a message to me, or copy the member ID from their profile.",
  });
};
