import type { TaskResult } from "../maxcompute/index.ts";
import type { ResultFile, ResultTable, ResultText } from "../view.ts";
import type { Values } from "./arguments.ts";
import { flag, flagOr, integer, text, toggle } from "./arguments.ts";
import type { Answer, CommandContext } from "./command.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { fillFilter } from "./filter-form.ts";
import { instance, project, share, task } from "./options.ts";
import { hasFailed, readResults } from "./read-results.ts";
import { resolve } from "./resolve.ts";
import type { CsvTable } from "./result-csv.ts";
import { parseResultCsv, writeCsv, writeJson } from "./result-csv.ts";

type Shape = {
  readonly limit: number;
  readonly cols: string | undefined;
  readonly grep: string | undefined;
};
type Format = "csv" | "json" | undefined;

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

export const result = /* @__PURE__ */ defineCommand(resultSpec, show, fillFilter);

async function show(values: Values<typeof resultSpec.args>, context: CommandContext): Promise<Answer> {
  if (values.csv && values.json) throw new UserError("Give `--csv` or `--json`, not both.");
  const format: Format = values.csv ? "csv" : values.json ? "json" : undefined;
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  const { seen, results } = await readResults(client, named, values.task);
  const shown = results.map((each) => draw(each, hasFailed(each, seen), values, format));
  const table = shown.find(({ view }) => view.format === "table" && view.totalRows > 0)?.view;
  return {
    view: {
      kind: "result",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      ...(table === undefined
        ? {}
        : {
            filterRef: context.refs.to(named.project, named.instanceId, results.length > 1 ? table.taskName : values.task),
          }),
      outcome: seen.outcome,
      results: shown.map(({ view }) => view),
      files: shown.flatMap(({ file }) =>
        file === undefined ? [] : [{ ...file, name: fileName(`${named.instanceId}-${file.name}`) }],
      ),
    },
    share: values.share,
  };
}

const textFile = (name: string, content: () => string): ResultFile => ({
  name,
  async *open() {
    yield Buffer.from(content());
  },
});

/** A name that every system takes: a task may be called anything. */
const fileName = (name: string): string => name.replace(/[^\w.-]+/g, "_").slice(-150);

function draw(
  each: TaskResult,
  failed: boolean,
  shape: Shape,
  format: Format,
): { view: ResultTable | ResultText; file?: ResultFile } {
  if (failed || each.format !== "csv") {
    const view: ResultText = { format: "text", taskName: each.taskName, text: each.text, failed };
    return format === undefined || failed ? { view } : { view, file: textFile(`${each.taskName}.txt`, () => each.text) };
  }
  const whole = parseResultCsv(each.text);
  const chosen = choose(whole, shape);
  const view: ResultTable = {
    format: "table",
    taskName: each.taskName,
    columns: chosen.columns,
    rows: chosen.rows.slice(0, shape.limit),
    rowCount: chosen.rows.length,
    totalRows: whole.rows.length,
    truncated: each.descriptor?.selectResultStatus === "TRUNCATED",
  };
  if (format === undefined || chosen.columns.length === 0) return { view };
  return { view, file: textFile(`${each.taskName}.${format}`, () => (format === "csv" ? writeCsv(chosen) : writeJson(chosen))) };
}

/** The rows that contain `grep`, of the columns named in `cols`. */
function choose({ columns, rows }: CsvTable, { cols, grep }: Shape): CsvTable {
  const needle = grep?.toLowerCase();
  const kept = needle === undefined ? rows : rows.filter((row) => row.some((value) => value?.toLowerCase().includes(needle)));
  if (cols === undefined) return { columns, rows: kept };
  const indexes = cols.split(",").map((name) => indexOf(name.trim(), columns));
  return {
    columns: indexes.map((index) => columns[index] ?? ""),
    rows: kept.map((row) => indexes.map((index) => row[index] ?? null)),
  };
}

function indexOf(name: string, columns: readonly string[]): number {
  // A form says it so: names may be long, have commas, or be there twice.
  const position = Number(/^#(\d{1,4})$/.exec(name)?.[1] ?? "0");
  if (position > 0 && position <= columns.length) return position - 1;
  const index = columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  if (index !== -1) return index;
  const known = columns.slice(0, 20).map((column) => `\`${column}\``);
  throw new UserError(`There is no column \`${name}\`.`, {
    detail: `Columns: ${known.join(", ")}${columns.length > 20 ? ", …" : ""}.`,
  });
}
