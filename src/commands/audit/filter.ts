// Which acts somebody asks for.
import { formatDuration } from "../duration.ts";
import type { AuditRow } from "./row.ts";

export type Wanted = {
  /** An instance's id, or the end of one. */
  readonly instance?: { readonly id: string } | { readonly suffix: string };
  readonly who: string | undefined;
  readonly project: string | undefined;
  readonly verb: string | undefined;
  /** Only what was denied or refused. */
  readonly denied: boolean;
  /** How far back, ms. */
  readonly since: number;
};

const isInstance = (row: AuditRow, { instance }: Wanted): boolean => {
  if (instance === undefined) return true;
  return "id" in instance ? row.instance === instance.id : row.instance?.endsWith(instance.suffix) === true;
};

/** An outcome is of none that was denied. */
const isDenied = (row: AuditRow): boolean =>
  row.phase === "decision" && (row.decision === "denied" || row.decision === "refused");

export const isWanted = (row: AuditRow, wanted: Wanted): boolean =>
  isInstance(row, wanted) &&
  (wanted.who === undefined || row.who === wanted.who) &&
  (wanted.project === undefined || row.project?.toLowerCase() === wanted.project.toLowerCase()) &&
  (wanted.verb === undefined || row.what.verb === wanted.verb) &&
  (!wanted.denied || isDenied(row));

/** "stop, denied, by U0123, last 7 d". */
export const describeWanted = ({ instance, who, project, verb, denied, since }: Wanted): string =>
  [
    verb,
    denied && "denied",
    instance !== undefined && `on ${"id" in instance ? instance.id : `…${instance.suffix}`}`,
    who !== undefined && `by ${who}`,
    project !== undefined && `in ${project}`,
    `last ${formatDuration(since)}`,
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(", ");
