import type { Json } from "../judge/json.ts";
import type { Problem } from "../judge/problem.ts";

/** Slack says no: `ok: false` with this word; `more` stands beside it in the answer. */
export class Refusal extends Error {
  readonly code: string;
  readonly more: Json;
  constructor(code: string, more: Json = {}) {
    super(code);
    this.code = code;
    this.more = more;
  }
}

/** A missing or malformed argument, worded as Slack does. */
export function badArgument(message: string, name: string): Refusal {
  const messages = [`[ERROR] ${message} [json-pointer:/${name}]`];
  return new Refusal("invalid_arguments", { response_metadata: { messages } });
}

// These come before invalid_blocks when several things are wrong.
const ownWords = ["msg_too_long", "no_text", "msg_blocks_too_long", "view_too_large"];

/** The refusal that these problems amount to, or undefined when there is none; a missing text beside blocks is only warned of. */
export function refusalOf(problems: readonly Problem[], word = "invalid_blocks"): Refusal | undefined {
  const grave = problems.filter(({ code }) => code !== "missing_text");
  if (grave.length === 0) return undefined;
  const messages = grave.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
  const code = ownWords.find((one) => grave.some((problem) => problem.code === one)) ?? word;
  return new Refusal(code, { errors: messages, response_metadata: { messages } });
}
