import { rowLimit, type Table } from "../table.ts";
import type { Found, World } from "../world.ts";
import { instanceNotTerminate, instanceTypeNotSupported, projectIsProtected, taskFailed } from "./refusals.ts";

/** The result of a SELECT that has succeeded, as far as a session may read it. Throws the Refusal that says why not. */
export const readableTable = ({ record, state }: Found, isLimited: boolean, { settings, project }: World): Table => {
  if (state.status !== "Terminated") throw instanceNotTerminate(record.id, settings.notTerminatedStatus);
  const unsuccessful = state.tasks.find(({ status }) => status !== "Success");
  if (unsuccessful !== undefined) throw taskFailed(unsuccessful.name, unsuccessful.status);
  const table = state.tasks.find(({ result }) => result?.table !== undefined)?.result?.table;
  if (table === undefined) throw instanceTypeNotSupported(record.id);
  if (settings.isProjectProtected && !isLimited) throw projectIsProtected(project);
  return isLimited ? { ...table, rowCount: Math.min(table.rowCount, rowLimit) } : table;
};
