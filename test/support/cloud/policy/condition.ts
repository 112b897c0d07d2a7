// The condition operators of IAM that this cloud judges. An operator it does not know is an error, never a guess.
import type { Statement } from "./statement.ts";

/** Condition keys of one request, such as `aws:SourceArn`. Keys are compared without regard to case. */
export type ConditionContext = Readonly<Record<string, string>>;

/** `*` for any text and `?` for one character, as in ARNs and StringLike. */
export const matchesGlob = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replace(/\*/g, "[^]*")
      .replace(/\?/g, "[^]")}$`,
  ).test(text);

type Judge = (actual: string, wanted: string) => boolean;
const equal: Judge = (actual, wanted) => actual === wanted;
const like: Judge = (actual, wanted) => matchesGlob(wanted, actual);
const sameWord: Judge = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();

const positive: Readonly<Record<string, Judge>> = {
  StringEquals: equal,
  StringEqualsIgnoreCase: sameWord,
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: sameWord,
};
const negative: Readonly<Record<string, Judge>> = {
  StringNotEquals: equal,
  StringNotLike: like,
  ArnNotEquals: like,
  ArnNotLike: like,
};

function holds(operator: string, actual: string | undefined, wanted: readonly string[]): boolean {
  if (operator === "Null") return wanted.some((word) => (actual === undefined) === (word === "true"));
  // Every value of the key, of which there is one here at most: none is every one.
  const [, forAll] = /^ForAllValues:(\w+)$/.exec(operator) ?? [];
  if (forAll !== undefined) return actual === undefined || holds(forAll, actual, wanted);
  const ifExists = operator.endsWith("IfExists");
  const name = ifExists ? operator.slice(0, -"IfExists".length) : operator;
  const judge = positive[name];
  if (judge !== undefined) return actual === undefined ? ifExists : wanted.some((value) => judge(actual, value));
  const against = negative[name];
  if (against === undefined) throw new Error(`this cloud does not know the condition operator ${operator}`);
  return actual === undefined || !wanted.some((value) => against(actual, value));
}

/** Whether every condition of the statement holds; a positive operator does not hold for an absent key. */
export function conditionsHold(conditions: Statement["Condition"], context: ConditionContext): boolean {
  const lower = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, lower.get(key.toLowerCase()), wanted)),
  );
}
