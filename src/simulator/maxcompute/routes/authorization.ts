import { z } from "zod";
import { issueToken } from "../auth/bearer-token.ts";
import type { Call } from "../call.ts";
import { invalidArgument } from "../errors.ts";
import { xmlReply } from "../reply.ts";
import { findInstance } from "../world.ts";
import { element } from "../xml.ts";
import type { Route } from "./route.ts";

/** `{"expires_in_hours":24,"policy":{"Statement":[{"Action":["odps:Read"],"Effect":"Allow","Resource":"acs:odps:*:projects/p/instances/i"}],"Version":"1"}}` */
const tokenRequest = z.object({
  expires_in_hours: z.number().positive(),
  policy: z.object({ Statement: z.array(z.object({ Resource: z.union([z.string(), z.array(z.string())]) })).length(1) }),
});

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidArgument("the request body is not JSON");
  }
};

const grantedInstance = (call: Call): { readonly project: string; readonly instance: string; readonly hours: number } => {
  const parsed = tokenRequest.safeParse(parseJson(call.body));
  if (!parsed.success) throw invalidArgument(`the token request is not understood: ${parsed.error.issues[0]?.message}`);
  const [statement] = parsed.data.policy.Statement;
  const match = /^acs:odps:\*:projects\/([^/,]+)\/instances\/([^/,]+)$/.exec(String(statement?.Resource));
  if (match === null) throw invalidArgument("the policy must name one instance");
  const [, project = "", instance = ""] = match;
  return { project, instance, hours: parsed.data.expires_in_hours };
};

/** `POST ?sign_bearer_token` (protocol section 10.1): a token that reads one instance for some hours. */
export const authorization: Route = (call, world) => {
  if (!call.query.has("sign_bearer_token")) throw invalidArgument("only ?sign_bearer_token is known here");
  const { project, instance, hours } = grantedInstance(call);
  if (project !== world.project) throw invalidArgument(`the policy is about project ${project}`);
  const { maxTokenHours = Number.POSITIVE_INFINITY } = world.settings;
  if (hours > maxTokenHours) throw invalidArgument(`a token lasts ${maxTokenHours} hours at most, not ${hours}`);
  findInstance(world, instance);
  const expiresAt = world.clock.now() + hours * 3_600_000;
  return xmlReply(element("Authorization", [element("Result", [issueToken(world.accessKey, { project, instance, expiresAt })])]));
};
