// What the composer offers while somebody types. Pure.
import type { Person, Verb } from "./shapes.ts";

export type Suggestion = {
  readonly label: string;
  readonly note: string;
  /** The whole line once the suggestion is taken, and where the caret goes. */
  readonly line: string;
  readonly caret: number;
};

export type Offer = {
  readonly suggestions: readonly Suggestion[];
  /** The one Enter would take; none while nothing of a word has been typed, so that Enter sends. */
  readonly chosen: number | undefined;
};

const nothing: Offer = { suggestions: [], chosen: undefined };

function offer(
  before: string,
  start: number,
  after: string,
  found: readonly { word: string; label: string; note: string }[],
): Offer {
  const typed = before.slice(start);
  const suggestions = found.map(({ word, label, note }) => {
    const head = `${before.slice(0, start)}${word}`;
    const tail = after.startsWith(" ") ? after.slice(1) : after;
    return { label, note, line: `${head} ${tail}`, caret: head.length + 1 };
  });
  const isWhole = found.some(({ word }) => word === typed);
  return { suggestions, chosen: suggestions.length === 0 || typed === "" || isWhole ? undefined : 0 };
}

/** Verbs whose name starts with what is typed, the exact one first. */
function verbsFor(typed: string, verbs: readonly Verb[]) {
  const wanted = typed.toLowerCase();
  return verbs
    .filter(({ name }) => name.startsWith(wanted))
    .toSorted((a, b) => Number(b.name === wanted) - Number(a.name === wanted))
    .map(({ name, usage, summary }) => ({ word: name, label: usage, note: summary }));
}

/** "/o" offers the command, "/odps s" the verbs, "@a" people and the bot. `caret` counts characters of `text`. */
export function offerFor(
  text: string,
  caret: number,
  verbs: readonly Verb[],
  people: readonly Pick<Person, "name" | "real_name">[],
): Offer {
  const [before, after] = [text.slice(0, caret), text.slice(caret)];
  if (/^\/\w*$/.test(before)) {
    const isPrefix = "/odps".startsWith(before);
    return isPrefix ? offer(before, 0, after, [{ word: "/odps", label: "/odps", note: "Ask the MaxCompute bot" }]) : nothing;
  }
  const verb = /^\/odps\s+([\w-]*)$/.exec(before);
  if (verb !== null) {
    const typed = verb[1] ?? "";
    return offer(before, before.length - typed.length, after, verbsFor(typed, verbs));
  }
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (mention === null) return nothing;
  const typed = (mention[1] ?? "").toLowerCase();
  const found = people
    .filter(({ name }) => name.startsWith(typed))
    .map(({ name, real_name }) => ({ word: `@${name}`, label: `@${name}`, note: real_name }));
  const start = before.length - typed.length - 1;
  const made = offer(before, start, after, found);
  return typed === "" ? made : { ...made, chosen: found.some(({ word }) => word === `@${typed}`) ? undefined : made.chosen };
}
