import { isObject, type Json, own, parseJson } from "../judge/json.ts";
import { badArgument, Refusal } from "./refusal.ts";

/** Arguments of a Web API call, whichever way they were sent. */
export type Arguments = {
  readonly all: Json;
  text(name: string): string | undefined;
  /** The text, or invalid_arguments when it is missing or empty. */
  required(name: string): string;
  flag(name: string): boolean;
  number(name: string): number | undefined;
  json(name: string): unknown;
};

// Which arguments are JSON inside a form, and how Slack calls them when they are not.
const jsonFields: { readonly [name: string]: string } = {
  blocks: "invalid_blocks_format",
  metadata: "invalid_metadata_format",
  view: "invalid_arguments",
  files: "invalid_arguments",
  message: "invalid_arguments",
};

function formFields(body: string): Json {
  // Object.fromEntries defines, never assigns: a field called __proto__ stays an ordinary one.
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([name, value]) => {
      const word = own(jsonFields, name);
      if (typeof word !== "string" || value === "") return [name, value];
      const parsed = parseJson(value);
      if (parsed === undefined) throw new Refusal(word);
      return [name, parsed];
    }),
  );
}

/** @throws Refusal in Slack's words for a body that cannot be read. */
export function readArguments(body: string, contentType: string, query: string): Arguments {
  if (!/^application\/json\b/i.test(contentType)) return argumentsOf({ ...formFields(query), ...formFields(body) });
  const parsed = parseJson(body);
  if (parsed === undefined) throw new Refusal("invalid_json");
  if (!isObject(parsed)) throw new Refusal("json_not_object");
  return argumentsOf(parsed);
}

export function argumentsOf(all: Json): Arguments {
  const text = (name: string): string | undefined => {
    const value = own(all, name);
    return typeof value === "string" ? value : undefined;
  };
  return {
    all,
    text,
    required(name) {
      const value = text(name);
      if (value === undefined || value === "") throw badArgument(`missing required field: ${name}`, name);
      return value;
    },
    flag: (name) => ["true", "1", true, 1].some((yes) => yes === own(all, name)),
    number(name) {
      const value = own(all, name);
      if (typeof value === "number") return value;
      return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
    },
    json: (name) => own(all, name) ?? undefined,
  };
}
