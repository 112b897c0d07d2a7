// What a person types to mean an instance.
import { UserError } from "./errors.ts";

/** Protocol section 15: 14 digits of time, up to 3 of milliseconds, a letter, more; MCQA 2 adds `_mcqa`. */
const fullId = /^\d{14}\d{0,3}[a-z][a-z0-9]+(_mcqa)?$/;
const suffix = /^[a-z0-9]{6,40}(_mcqa)?$/i;

export type Target =
  | { readonly kind: "id"; readonly instanceId: string; readonly project?: string }
  | { readonly kind: "suffix"; readonly suffix: string }
  | { readonly kind: "last" }
  | { readonly kind: "number"; readonly number: number }
  /** Not typed: what the card is about in whose thread it was asked. */
  | { readonly kind: "card" };

export const isInstanceId = (text: string): boolean => text.length <= 80 && fullId.test(text);

export type Linked = { readonly instanceId: string; readonly project?: string };

/** What a Logview or job-insight link is about: `i` is the instance, `p` its project. The token in it is not looked at. */
export function linkedInstance(link: string): Linked | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  const instanceId = url?.searchParams.get("i") ?? "";
  const project = url?.searchParams.get("p") ?? "";
  if (!isInstanceId(instanceId)) return undefined;
  return /^[A-Za-z][\w-]{1,63}$/.test(project) ? { instanceId, project } : { instanceId };
}

function fromUrl(text: string): Target | undefined {
  if (!/^https?:\/\//i.test(text)) return undefined;
  const linked = linkedInstance(text);
  if (linked !== undefined) return { kind: "id", ...linked };
  throw new UserError("That link names no instance.", {
    next: "Paste a Logview or job-insight link (it has `i=` with the id), or the id itself.",
  });
}

/** The target a word stands for; undefined when it can be none. Throws an UserError for a link that names no instance. */
export function parseTarget(typed: string): Target | undefined {
  const word = bare(typed);
  if (/^last$/i.test(word)) return { kind: "last" };
  const number = /^#(\d{1,4})$/.exec(word)?.[1];
  if (number !== undefined) return { kind: "number", number: Number(number) };
  if (isInstanceId(word.toLowerCase())) return { kind: "id", instanceId: word.toLowerCase() };
  // A word alone may be anything; digits, or the ellipsis that stands before an id's end on our cards, tell it from a word.
  const looksLikeEnd = /\d/.test(word) || /^`*(…|\.{3})/.test(typed);
  return fromUrl(word) ?? (looksLikeEnd ? suffixOf(word) : undefined);
}

const bare = (typed: string): string => typed.replace(/^[`…]+|`+$/g, "").replace(/^\.{3}/, "");

const suffixOf = (word: string): Target | undefined =>
  suffix.test(word) ? { kind: "suffix", suffix: word.toLowerCase() } : undefined;

/** Reads a `<target>` argument. Where an instance is expected, an end of an id may be letters alone. */
export function target(typed: string): Target {
  const found = parseTarget(typed) ?? suffixOf(bare(typed));
  if (found !== undefined) return found;
  throw new UserError(`\`${typed.slice(0, 80)}\` does not name an instance.`, {
    detail:
      "An instance is its id, the last 6 or more characters of it, `last`, a number of your last list such as `#2`, or a pasted Logview link.",
    next: "`list` shows what there is.",
    offers: [{ label: "List", command: "list" }],
  });
}
