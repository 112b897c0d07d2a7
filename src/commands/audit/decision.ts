// A decision as a row of the audit trail.
import type { AuditDecision } from "../../view/index.ts";
import { type DecisionRow, decisionId } from "./row.ts";
import { harmless } from "./said.ts";

/** What is decided about. `text` is what was typed, as it was: what is kept of it is decided here. */
export type AuditAct = {
  readonly verb: string;
  readonly text?: string | undefined;
  readonly project?: string | undefined;
  readonly instance?: string | undefined;
  readonly decision: AuditDecision;
  readonly reason?: string | undefined;
};

/** Who decided, where and when. `unique`: what sets the row's id apart from others of that moment. */
export type Decider = Pick<DecisionRow, "at" | "team" | "who" | "requestId"> & {
  readonly unique: string;
  readonly where: { readonly channel: string; readonly thread?: string | undefined };
};

/** A field only where there is a value. */
export const given = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [name in Name]?: Value };

export function decisionRow({ at, unique, team, who, where, requestId }: Decider, act: AuditAct): DecisionRow {
  const { verb, text, project, instance, decision, reason } = act;
  return {
    schema: 1,
    id: decisionId(at, unique),
    at,
    team,
    who,
    where: { channel: where.channel, ...given("thread", where.thread) },
    requestId,
    what: { verb, ...given("text", text === undefined ? undefined : harmless(text)) },
    ...given("project", project),
    ...given("instance", instance),
    phase: "decision",
    decision,
    ...given("reason", reason === undefined ? undefined : harmless(reason)),
  };
}
