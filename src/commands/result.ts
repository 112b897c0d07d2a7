import type { TaskResult } from "../maxcompute/index.ts";
import type { ResultFile, ResultTable, ResultText } from "../view.ts";
import { flag, flagOr, integer, text, toggle } from "./arguments.ts";
import { defineCommand, defineSpec } from "./command.ts";
import { UserError } from "./errors.ts";
import { look, pick } from "./look.ts";
import { instance, project, share, task } from "./options.ts";
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
    cols: flag(text(500), "<a,b>", "only these columns"),
    grep: flag(text(200), "<text>", "only rows that contain this"),
    csv: toggle("send all rows as a CSV file in a direct message"),
    json: toggle("send all rows as a JSON file in a direct message"),
    project,
    share,
  },
  examples: ["result last", "r #1 --cols name,petalwidth --grep setosa", "result last --csv"],
});

export const result = /* @__PURE__ */ defineCommand(resultSpec, async (values, context) => {
  if (values.csv && values.json) throw new UserError("Give `--csv` or `--json`, not both.");
  const format: Format = values.csv ? "csv" : values.json ? "json" : undefined;
  const named = await resolve(values.instance, values.project, context);
  const client = context.maxcompute(named.project);
  const seen = await look(client, named.instanceId);
  const picked = pick(seen.tasks, values.task);
  if (seen.outcome === "running" || seen.outcome === "suspended") {
    throw new UserError(`\`${named.instanceId}\` is still ${seen.instance.status}: it has no result yet.`, {
      offers: [{ label: "Status", command: `status ${named.instanceId} -p ${named.project}` }],
    });
  }
  const results = await client.getTaskResults(named.instanceId);
  const wanted = [...results.values()].filter(
    ({ taskName }) => values.task === undefined || picked.some(({ name }) => name === taskName),
  );
  const shown = wanted.map((each) =>
    draw(each, seen.tasks.find(({ name }) => name === each.taskName)?.status === "FAILED", values, format),
  );
  return {
    view: {
      kind: "result",
      link: { ref: context.refs.to(named.project, named.instanceId), ...named },
      outcome: seen.outcome,
      results: shown.map(({ view }) => view),
      files: shown.flatMap(({ file }) =>
        file === undefined ? [] : [{ ...file, name: fileName(`${named.instanceId}-${file.name}`) }],
      ),
    },
    share: values.share,
  };
});

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
  const index = columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
  if (index !== -1) return index;
  const known = columns.slice(0, 20).map((column) => `\`${column}\``);
  throw new UserError(`There is no column \`${name}\`.`, {
    detail: `Columns: ${known.join(", ")}${columns.length > 20 ? ", …" : ""}.`,
  });
}
