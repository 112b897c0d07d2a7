// What a person can do about a failure, by MaxCompute's error code (protocol section 8). A plain few: a wrong hint is worse than none.

const openLogview = "Open Logview to see where it failed.";

const steps: ReadonlyMap<string, string> = new Map([
  ["0130131", "No such table: check its name and project, or whether it was dropped, then run it again."],
  ["0130071", "The query does not fit its tables: check the columns and types the error names."],
  ["0130013", "No permission: ask the project's owner for the right the error names."],
  ["0420095", "Access denied: ask the project's owner for the right the error names."],
  ["0123055", "A script or UDF failed: its own output is in Logview."],
  ["0123144", "Out of memory: look for skewed keys in Logview, or give its stages more memory."],
  ["0110141", "The data changed while it ran: run it again."],
  ["0010000", "MaxCompute failed inside: run it again, and open a ticket with the instance id when it stays so."],
  ["0420153", "MaxCompute failed inside: run it again, and open a ticket with the instance id when it stays so."],
]);

/** The next step for a failure; `code` may be composite ("ODPS-0130013:Authorization exception"). */
export const nextStep = (code: string | undefined, message: string): string => {
  const number = /^(?:ODPS-)?(\d{7})/i.exec(code ?? "")?.[1];
  if (number === undefined) return openLogview;
  if (number === "0130161") return syntaxStep(message);
  return steps.get(number) ?? openLogview;
};

// The service writes the place as `ODPS-0130161:[3,14] Parse exception - ...`.
const syntaxStep = (message: string): string => {
  const place = /\[(\d{1,6}),(\d{1,6})\]/.exec(message.slice(0, 500));
  const where = place === null ? "" : ` at line ${place[1]}, column ${place[2]}`;
  return `Syntax error${where}: correct the SQL and run it again.`;
};
