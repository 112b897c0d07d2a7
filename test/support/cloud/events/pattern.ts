// Event patterns. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
import { matchesGlob } from "../policy/condition.ts";

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const ownValue = (object: unknown, key: string): unknown =>
  isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const startsWith = (actual: unknown, prefix: unknown) => typeof actual === "string" && actual.startsWith(String(prefix));
const endsWith = (actual: unknown, suffix: unknown) => typeof actual === "string" && actual.endsWith(String(suffix));
const isLike = (actual: unknown, pattern: unknown) =>
  typeof actual === "string" && matchesGlob(String(pattern).replaceAll("?", "\\?"), actual);

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  "=": (a, b) => a === b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function isInRange(actual: unknown, range: readonly unknown[]): boolean {
  if (typeof actual !== "number") return false;
  return range.every((word, index) => {
    if (index % 2 === 1) return true;
    const compare = comparisons[String(word)];
    if (compare === undefined) throw new Error(`no event pattern compares by ${String(word)}`);
    return compare(actual, Number(range[index + 1]));
  });
}

/** `anything-but` takes values, or one of the operators below over values. */
function isNoneOf(actual: unknown, excluded: unknown): boolean {
  if (!isObject(excluded)) return !asList(excluded).includes(actual);
  return Object.entries(excluded).every(([name, values]) => asList(values).every((one) => !operatorHolds(name, actual, one)));
}

function operatorHolds(name: string, actual: unknown, argument: unknown): boolean {
  switch (name) {
    case "prefix":
      return startsWith(actual, argument);
    case "suffix":
      return endsWith(actual, argument);
    case "wildcard":
      return isLike(actual, argument);
    case "equals-ignore-case":
      return typeof actual === "string" && actual.toLowerCase() === String(argument).toLowerCase();
    case "numeric":
      return isInRange(actual, asList(argument));
    case "anything-but":
      return actual !== undefined && isNoneOf(actual, argument);
    default:
      throw new Error(`this cloud does not know the pattern operator ${name}`);
  }
}

function fieldMatches(wanted: readonly unknown[], actual: unknown): boolean {
  const values = asList(actual);
  return wanted.some((one) => {
    if (!isObject(one)) return values.includes(one);
    return Object.entries(one).every(([name, argument]) =>
      // A leaf: an object is neither there nor absent for `exists`.
      name === "exists"
        ? (actual !== undefined && !isObject(actual)) === argument
        : values.some((value) => operatorHolds(name, value, argument)),
    );
  });
}

/** Whether an event matches; throws for a pattern that EventBridge would refuse, or that this cloud does not know. */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isObject(pattern)) throw new Error("an event pattern is an object");
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or") return asList(wanted).some((one) => matchesPattern(one, event));
    const actual = ownValue(event, key);
    if (Array.isArray(wanted)) return fieldMatches(wanted, actual);
    if (isObject(wanted)) return matchesPattern(wanted, actual);
    throw new Error(`the event pattern's ${key} must be a list or an object`);
  });
}
