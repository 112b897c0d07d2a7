// The vocabulary in which the limits of Block Kit are written down; the messages are worded like Slack's own.
import { isObject, own } from "./json.ts";
import { type Check, inside, report } from "./problem.ts";

type Fields = { readonly [name: string]: Check };

/**
 * A string of `min` to `max` characters as sent, that is after escaping: `&lt;` counts four. Counted in UTF-16 units, which is
 * never less than Slack counts, so that nothing passes here and fails there.
 */
export const text =
  (max: number, min = 1): Check =>
  (value, at) => {
    if (typeof value !== "string") report(at, "wrong_type", "must be a string");
    else if (value.length < min) report(at, "too_short", `must be more than ${min - 1} characters`);
    else if (value.length > max) report(at, "too_long", `must be less than ${max + 1} characters`);
  };

export const integer =
  (min: number, max: number): Check =>
  (value, at) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) report(at, "wrong_type", "must be an integer");
    else if (value < min || value > max) report(at, "out_of_range", `must be between ${min} and ${max}`);
  };

export const numeric: Check = (value, at) => {
  if (typeof value !== "number" || !Number.isFinite(value)) report(at, "wrong_type", "must be a number");
};

export const flag: Check = (value, at) => {
  if (typeof value !== "boolean") report(at, "wrong_type", "must be a boolean");
};

export const choice =
  (...allowed: readonly (string | number)[]): Check =>
  (value, at) => {
    if (!allowed.some((one) => one === value)) report(at, "not_allowed", `must be one of ${allowed.join(", ")}`);
  };

export const matching =
  (pattern: RegExp, what: string): Check =>
  (value, at) => {
    if (typeof value !== "string" || !pattern.test(value)) report(at, "wrong_format", `must be ${what}`);
  };

/** A link that can be followed; a URL of another scheme, or none, is refused by Slack as "invalid url". */
export const url =
  (max = 3000): Check =>
  (value, at) => {
    text(max)(value, at);
    if (typeof value !== "string") return;
    if (!/^(https?|mailto|slack|tel):/i.test(value) || !URL.canParse(value)) report(at, "wrong_format", "invalid url");
  };

export const list =
  (item: Check, max: number, min = 1): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return report(at, "wrong_type", "must be an array");
    if (value.length < min) report(at, "too_few", `no fewer than ${min} items allowed`);
    if (value.length > max) report(at, "too_many", `no more than ${max} items allowed`);
    // What lies beyond the limit is refused anyway; looking at it would only cost time.
    value.slice(0, max).forEach((one, index) => {
      item(one, inside(at, index));
    });
  };

/** An object with these fields and no others ("invalid additional property" is Slack's answer to a stray one). */
export const shape =
  (required: Fields, optional: Fields = {}): Check =>
  (value, at) => {
    if (!isObject(value)) return report(at, "wrong_type", "must be an object");
    for (const name of Object.keys(required)) {
      if (!Object.hasOwn(value, name)) report(at, "missing_field", `missing required field: ${name}`);
    }
    for (const [name, found] of Object.entries(value)) {
      const check = own(required, name) ?? own(optional, name);
      if (typeof check === "function") check(found, inside(at, name));
      else if (name !== "type") report(at, "unknown_field", `invalid additional property: ${name}`);
    }
  };

/** One of several shapes, told apart by `type`. */
export const byType =
  (shapes: { readonly [type: string]: Check }): Check =>
  (value, at) => {
    if (!isObject(value)) return report(at, "wrong_type", "must be an object");
    const type = own(value, "type");
    const check = typeof type === "string" ? own(shapes, type) : undefined;
    if (typeof check === "function") check(value, at);
    else if (type === undefined) report(at, "missing_field", "missing required field: type");
    else report(inside(at, "type"), "unknown_type", `unsupported type: ${String(JSON.stringify(type)).slice(0, 80)}`);
  };

/** Every one of these holds. */
export const all =
  (...checks: readonly Check[]): Check =>
  (value, at) => {
    for (const check of checks) check(value, at);
  };

/** At least one of these fields is there; with `only`, exactly one. */
export const oneOf =
  (names: readonly string[], only?: "only"): Check =>
  (value, at) => {
    const found = names.filter((name) => own(value, name) !== undefined).length;
    if (found === 0) report(at, "missing_field", `missing required field: ${names.join(" or ")}`);
    if (only !== undefined && found > 1) report(at, "not_allowed", `only one of ${names.join(", ")} is allowed`);
  };
