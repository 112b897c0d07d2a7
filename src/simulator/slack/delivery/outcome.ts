import type { Delivery } from "../api.ts";
import { parseJson } from "../judge/json.ts";
import type { Workspace } from "../workspace.ts";
import { type Answer, isFine } from "./send.ts";

/** The acknowledgement as JSON when it is some, as text otherwise. */
export function ackOf(answer: Answer): unknown {
  if (answer.kind !== "answered" || answer.body === "") return "";
  return parseJson(answer.body) ?? answer.body;
}

/** What the person did never reached the bot. */
export function notSent(error: string): Delivery {
  return { ok: false, error, ack: "", elapsedMs: 0, deliveryId: "" };
}

/** Times one delivery by the injected clock. */
export async function timed(
  deliveryId: string,
  deliver: () => Promise<Answer>,
  workspace: Workspace,
  failure: (answer: Answer) => string | undefined,
): Promise<Delivery> {
  const started = workspace.clock.now();
  const answer = await deliver();
  const error = failure(answer);
  const ack = isFine(answer) ? ackOf(answer) : "";
  return {
    ok: error === undefined,
    ...(error === undefined ? {} : { error }),
    ack,
    elapsedMs: workspace.clock.now() - started,
    deliveryId,
  };
}
