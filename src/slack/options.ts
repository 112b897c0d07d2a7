// What a menu offers while somebody types into it.
import type { PlainTextOption } from "@slack/types";
import type { ShownInstance } from "../view/index.ts";
import { option } from "./buttons.ts";
import { limits } from "./limits.ts";
import { shortId } from "./mrkdwn.ts";
import { stateOf, statusState } from "./state.ts";

/** Options that run `status` on what is picked, as many as Slack takes. */
export const instanceOptions = (shown: readonly ShownInstance[]): readonly PlainTextOption[] =>
  shown.flatMap((each) => option(labelOf(each), `status:${each.ref}`)).slice(0, limits.selectOptions);

function labelOf({ number, instanceId, owner, status, outcome, waits }: ShownInstance): string {
  const waiting = waits ? [{ name: "", type: "", status: "WAITING" }] : [];
  const { word } = outcome === undefined ? statusState(status) : stateOf(outcome, waiting);
  const parts = [number === undefined ? "" : `#${number}`, shortId(instanceId), word];
  const label = parts.filter((part) => part !== "").join(" ");
  return owner === undefined ? label : `${label} · ${owner}`;
}
