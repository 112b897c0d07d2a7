// Events as somebody would put them on the private bus, and the requests in them.
import { seal } from "../../../src/aws/envelope.ts";
import { secrets } from "./secrets.ts";
import type { World } from "./world.ts";

/** A command of Bob's in #general, asked `ageMs` ago, which can be answered in the channel alone. */
export const aCommand = (world: World, text: string, { id = "E-0PRESEAL", ageMs = 0 } = {}) => ({
  schema: 1,
  id,
  ask: { kind: "text", text },
  caller: { team: world.slack.team.id, user: "U0BOB0001" },
  replyTo: { channel: "C0GENERAL1", direct: false, replaceable: false },
  origin: "mention",
  requestedAt: world.clock.now() - ageMs,
});

type How = { readonly kind?: string; readonly sealedAs?: string; readonly key?: string };

/** An entry for PutEvents with this request, sealed. */
export function sealed(world: World, request: ReturnType<typeof aCommand>, how: How = {}) {
  const { kind = "CommandRequested", sealedAs = kind, key = secrets.sealKey } = how;
  return {
    EventBusName: "odps-chatops-prod-private",
    Source: "odps-chatops",
    DetailType: kind,
    Detail: JSON.stringify(seal(sealedAs, request.id, world.clock.now(), request, key)),
    Resources: [],
  };
}
