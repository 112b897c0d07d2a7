// One Web API call: who asks, may they, not too often, and then the method itself.

import type { CallFaults } from "../faults.ts";
import type { Json } from "../judge/json.ts";
import type { Workspace } from "../workspace.ts";
import { type Arguments, argumentsOf, readArguments } from "./arguments.ts";
import { chatMethods } from "./chat.ts";
import { conversationMethods } from "./conversations.ts";
import { fileMethods } from "./files.ts";
import type { Method, Methods } from "./method.ts";
import { peopleMethods } from "./people.ts";
import { Refusal } from "./refusal.ts";
import { type Reply, rateLimited } from "./reply.ts";
import { validateMethods } from "./validate.ts";
import { viewMethods } from "./views.ts";

const methods: Methods = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...peopleMethods,
  ...validateMethods,
  ...viewMethods,
};

export type Call = {
  readonly method: string;
  readonly body: string;
  readonly contentType: string;
  readonly query: string;
  readonly authorization: string | undefined;
};

const refused = (code: string, more: Json = {}): Reply => ({ status: 200, body: { ok: false, error: code, ...more } });

export function answerCall(call: Call, faults: CallFaults, workspace: Workspace): Reply {
  if (faults.instead !== undefined) return injected(faults.instead);
  try {
    return { ...perform(call, workspace), lost: faults.lost };
  } catch (error) {
    if (error instanceof Refusal) return { ...refused(error.code, error.more), lost: faults.lost };
    throw error;
  }
}

export function injected({ status, error, retryAfterSeconds }: NonNullable<CallFaults["instead"]>): Reply {
  if (retryAfterSeconds !== undefined) return rateLimited(retryAfterSeconds);
  return error === undefined ? { status, body: "" } : { ...refused(error), status };
}

function perform(call: Call, workspace: Workspace): Reply {
  const method = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined;
  if (method === undefined) return refused("unknown_method", { req_method: call.method });
  const bearer = /^Bearer +(\S+) *$/i.exec(call.authorization ?? "")?.[1];
  const args = readArguments(call.body, call.contentType, call.query);
  const token = bearer ?? args.text("token");
  if (token === undefined || token === "") return refused("not_authed");
  if (token !== workspace.options.botToken) return refused("invalid_auth");
  const missing = missingScope(method, args, workspace);
  if (missing !== undefined) return missing;
  const wait = waitFor(call.method, method, args, workspace);
  if (wait > 0) return rateLimited(wait);
  const { token: _, ...rest } = args.all;
  // Whoever has a token that is good is told what it is good for.
  const headers = { "x-oauth-scopes": [...workspace.scopes].join(",") };
  return { status: 200, body: { ok: true, ...method.run(argumentsOf(rest), workspace) }, headers };
}

function missingScope({ scope }: Method, args: Arguments, workspace: Workspace): Reply | undefined {
  const needed = typeof scope === "function" ? scope(args, workspace) : scope;
  if (needed === undefined || workspace.scopes.has(needed)) return undefined;
  return refused("missing_scope", { needed, provided: [...workspace.scopes].join(",") });
}

function waitFor(name: string, { tier }: Method, args: Arguments, { limits, options }: Workspace): number {
  return options.unlimited === true ? 0 : limits.wait(name, tier, args.text("channel") ?? "");
}
