// Rows of the trail as a person reads them: a decision with what came of it.
import type { AuditEntry } from "../../view/index.ts";
import type { Refs } from "../refs.ts";
import type { AuditRow, DecisionRow, OutcomeRow } from "./row.ts";
import type { AuditPage } from "./trail.ts";

/** A decision and its outcome, one of them at least. */
export type Act = { readonly decision?: DecisionRow; readonly outcome?: OutcomeRow };

/** The acts of rows that come newest first, page by page: an outcome stands before its decision, on the page before if need be. */
export async function* actsIn(pages: AsyncIterable<AuditPage>): AsyncGenerator<Act> {
  const outcomes = new Map<string, OutcomeRow>();
  for await (const { rows } of pages) {
    for (const row of rows) {
      if (row.phase === "outcome") {
        outcomes.set(row.decisionId, row);
        continue;
      }
      const outcome = outcomes.get(row.id);
      outcomes.delete(row.id);
      yield outcome === undefined ? { decision: row } : { decision: row, outcome };
    }
  }
  // Their decisions are there, and cannot be read.
  for (const outcome of outcomes.values()) yield { outcome };
}

export const rowOf = ({ decision, outcome }: Act): AuditRow | undefined => decision ?? outcome;

export function entryOf({ decision, outcome }: Act, refs: Pick<Refs, "to">): AuditEntry[] {
  const row = decision ?? outcome;
  if (row === undefined) return [];
  const { at, who, where, what, project, instance } = row;
  const link =
    project === undefined || instance === undefined
      ? undefined
      : { ref: refs.to(project, instance), project, instanceId: instance };
  return [
    {
      at,
      who,
      channel: where.channel,
      verb: what.verb,
      ...(what.text === undefined ? {} : { text: what.text }),
      ...(project === undefined ? {} : { project }),
      ...(link === undefined ? {} : { link }),
      ...(decision === undefined ? {} : { decision: decision.decision }),
      ...(decision?.reason === undefined ? {} : { reason: decision.reason }),
      ...(outcome === undefined ? {} : { outcome: outcome.outcome }),
      ...(outcome?.code === undefined ? {} : { code: outcome.code }),
    },
  ];
}
