// `npm run bench -- <name> [--json]`: prints what it measured and ends with `bar=met`, or `bar=missed: <why>` and status 1.
import { parseArgs } from "node:util";
import { benches } from "./benches.ts";
import { asJson, asTable, passed } from "./report.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: "boolean", default: false } } });
const bench = benches.get(positionals[0] ?? "");

if (bench === undefined || positionals.length !== 1) {
  const known = [...benches].map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`);
  console.error(`usage: npm run bench -- <name> [--json]\n${known.join("\n")}`);
  process.exitCode = 1;
} else {
  const report = await bench.run((text) => process.stderr.write(`${text}\n`));
  console.log(values.json ? asJson(report) : asTable(report));
  process.exitCode = passed(report) ? 0 : 1;
}
