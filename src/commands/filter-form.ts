// The form behind Filter: which rows and columns of a result to show. What comes back is `result` with the same flags as typed.
import type { FormField, FormView } from "../view/index.ts";
import type { CommandContext } from "./command.ts";
import { UserError } from "./errors.ts";
import { nothingMasked } from "./masking.ts";
import { hasFailed, readResults } from "./read-results.ts";
import type { Referred } from "./refs.ts";
import { parseResultCsv } from "./result-csv.ts";

/** A menu of a chat platform holds no more. */
const mostColumns = 100;
const rowsToShow = ["5", "10", "20", "50", "100"];

/** The form for the result behind a reference. Throws an UserError when it has no rows. */
export async function fillFilter(about: Referred, context: CommandContext): Promise<FormView> {
  const { project, instanceId, task } = about;
  const { seen, results } = await readResults(context.maxcompute(project), about, task);
  const table = results.find((each) => each.format === "csv" && !hasFailed(each, seen));
  const columns = table === undefined ? [] : parseResultCsv(table.text).columns;
  if (table === undefined || columns.length === 0) {
    throw new UserError("This result has no rows to filter.", {
      offers: [{ label: "Result", command: `result ${instanceId} -p ${project}` }],
    });
  }
  return {
    kind: "form",
    form: "filter",
    title: "Filter the result",
    submit: "Show",
    link: { ref: context.refs.to(project, instanceId, task), project, instanceId },
    about: `Result of \`${table.taskName}\``,
    fields: fields(columns, context.masked(project) === nothingMasked ? "any column" : "any column that is not masked"),
    command: "result",
  };
}

const fields = (columns: readonly string[], searched: string): readonly FormField[] => [
  {
    kind: "some of",
    name: "cols",
    label: "Columns",
    hint:
      columns.length > mostColumns
        ? `The first ${mostColumns} of ${columns.length}; all of them when none is chosen.`
        : "All of them when none is chosen.",
    // By position: a name may be longer than a menu carries, and two columns may share one.
    options: columns.slice(0, mostColumns).map((label, index) => ({ value: `#${index + 1}`, label })),
  },
  { kind: "text", name: "grep", label: "Rows that contain", hint: `In ${searched}; capitals do not matter.`, longest: 200 },
  {
    kind: "one of",
    name: "limit",
    label: "Rows to show",
    options: rowsToShow.map((value) => ({ value, label: value })),
    initial: "20",
  },
  { kind: "yes", name: "csv", label: "As a file", says: "Send all rows that match as a CSV file in a direct message" },
];
