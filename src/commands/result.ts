import type { TaskResult } from "../maxcompute/index.ts";
import type { ResultFile, ResultTable, ResultText } from "../view/index.ts";
import type { Values } from "./arguments.ts";
import { flag, flagOr, integer, text, toggle } from "./arguments.ts";
import type { Answer, CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { fillFilter } from "./filter-form.ts";
import { nothingMasked } from "./masking.ts";
import { instance, project, share, task } from "./options.ts";
import { hasFailed, readResults } from "./read-results.ts";
import type { Named } from "./recall.ts";
import { resolve } from "./resolve.ts";
import { writeCsv, writeJson } from "./result-csv.ts";
import type { FileFormat } from "./result-file.ts";
import { rowsFile, textFile } from "./result-file.ts";
import { knownRows, tableOf } from "./result-table.ts";

export const resultSpec = /* @__PURE__ */ defineSpec({
  name: "result",
  aliases: ["r"],
  group: "Look",
  summary: "Show what the tasks of an instance returned",
  access: "read",
  args: {
    instance,
    task,
    limit: flagOr(integer(1, 100), 20, "<1-100>", "how many rows to show; 20 unless told"),
    cols: flag(text(500), "<a,b>", "only these columns, by name or position (#2)"),
    grep: flag(text(200), "<text>", "only rows that contain this"),
    csv: toggle("send all rows as a CSV file in a direct message"),
    json: toggle("send all rows as a JSON file in a direct message"),
    project,
    share,
  },
  form: { name: "filter", title: "Filter the result" },
  examples: ["result last", "r #1 --cols name,petalwidth --grep setosa", "result last --csv"],
});

export const result = /* @__PURE__ */ defineCommand(resultSpec, showResult, fillFilter);

type Given = Values<typeof resultSpec.args>;

export async function showResult(values: Given, context: CommandContext): Promise<Answer> {
  if (values.csv && values.json) throw new UserError("Give `--csv` or `--json`, not both.");
  const named = await resolve(values.instance, values.project, context);
  const { seen, results } = await readResults(context.maxcompute(named.project), named, values.task);
  const task = (each: TaskResult) => (results.length > 1 ? each.taskName : values.task);
  const shown = await Promise.all(
    results.map((each) => (hasFailed(each, seen) ? failure(each) : draw(each, task(each), named, values, context))),
  );
  const table = shown.find(({ view }) => view.format === "table" && view.totalRows > 0)?.view;
  const filterRef = (of: string) => context.refs.to(named.project, named.instanceId, results.length > 1 ? of : values.task);
  return {
    view: {
      kind: "result",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      ...(table === undefined ? {} : { filterRef: filterRef(table.taskName) }),
      outcome: seen.outcome,
      results: shown.map(({ view }) => view),
      files: shown.flatMap(({ file }) =>
        file === undefined ? [] : [{ ...file, name: fileName(`${named.instanceId}-${file.name}`) }],
      ),
    },
    share: values.share,
  };
}

/** A name that every system takes: a task may be called anything. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, "_").slice(-150);

type Drawn = { readonly view: ResultTable | ResultText; readonly file?: ResultFile };

const failure = ({ taskName, text: words }: TaskResult): Drawn => ({
  view: { format: "text", taskName, text: words, failed: true },
});

/** What is no table has no columns to mask. */
const withheld = (taskName: string, inProject: string): ResultText => ({
  format: "text",
  taskName,
  text: `Columns of \`${inProject}\` are masked by policy, and this result is plain text, in which they cannot be told apart: it is not shown here.`,
  failed: false,
  withheld: true,
});

const formatOf = ({ csv, json }: Given): FileFormat | undefined => (csv ? "csv" : json ? "json" : undefined);

async function draw(
  each: TaskResult,
  task: string | undefined,
  { project: inProject, instanceId }: Named,
  values: Given,
  context: CommandContext,
): Promise<Drawn> {
  const { taskName, text: words } = each;
  const asked = formatOf(values);
  const masked = context.masked(inProject);
  if (each.format !== "csv" && masked !== nothingMasked) return { view: withheld(taskName, inProject) };
  if (each.format !== "csv") {
    const view: ResultText = { format: "text", taskName, text: words, failed: false };
    return asked === undefined ? { view } : { view, file: textFile(`${taskName}.txt`, () => words) };
  }
  const known = await knownRows(each, context.maxcompute(inProject), instanceId, task);
  const { view, chosen } = tableOf(each, known, { ...values, masked });
  // Whoever asks for a result that does not fit the answer gets it as a file; not who looks for something in it, nor a whole channel.
  const isOverlong = known.allRows !== undefined && values.cols === undefined && values.grep === undefined && !values.share;
  const format = asked ?? (isOverlong ? "csv" : undefined);
  if (format === undefined || chosen.columns.length === 0) return { view };
  const name = `${taskName}.${format}`;
  if (!known.isCut) return { view, file: textFile(name, () => (format === "csv" ? writeCsv(chosen) : writeJson(chosen))) };
  const columns = values.cols === undefined ? undefined : chosen.columns;
  const client = () => context.maxcompute(inProject, "file");
  return { view, file: rowsFile(name, format, client, instanceId, { task, columns, grep: values.grep, masked }) };
}
