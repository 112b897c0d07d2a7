// blocks.validate: the judge itself, as Slack offers it to a build.
import type { Json } from "../judge/json.ts";
import { isObject } from "../judge/json.ts";
import { checkBlocks, checkMessage } from "../judge/message.ts";
import { type Problem, problemsOf } from "../judge/problem.ts";
import { checkView } from "../judge/view.ts";
import type { Arguments } from "./arguments.ts";
import type { Methods } from "./method.ts";
import { badArgument } from "./refusal.ts";

function judged(args: Arguments): readonly Problem[] {
  const [blocks, message, view] = [args.json("blocks"), args.json("message"), args.json("view")];
  if ([blocks, message, view].filter((one) => one !== undefined).length !== 1) {
    throw badArgument("exactly one of blocks, message, view is required", "blocks");
  }
  if (blocks !== undefined) return problemsOf(blocks, checkBlocks, "/blocks");
  return message === undefined ? checkView(view) : checkMessage(isObject(message) ? message : {});
}

function validate(args: Arguments): Json {
  const errors = judged(args).map(({ pointer, code, message }) => ({ pointer, code, constraint: message }));
  return { valid: errors.length === 0, errors };
}

export const validateMethods: Methods = { "blocks.validate": { tier: "special", run: validate } };
