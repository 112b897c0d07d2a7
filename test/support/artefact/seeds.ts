// `npm run cloud -- --seeds 20`: the tests of the artefact, and of the watches on a hostile DynamoDB, with so many seeds of everything that
// is left to chance.
import { spawn } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { seeds: { type: "string", default: "20" } } });
const count = Number(values.seeds);
if (!Number.isInteger(count) || count < 1 || count > 1_000) throw new Error("--seeds must be a number from 1 to 1000");

const suites = ["artefact", "artefact-failures", "artefact-rules", "artefact-modals", "artefact-watching", "artefact-doctor"];
const files = [...suites.map((name) => `test/cloud/${name}.test.ts`), "test/aws/dynamo-watching.test.ts"];
const env = { ...process.env, ARTEFACT_SEEDS: String(count) };
const run = spawn("vitest", ["run", "--test-timeout=120000", ...files], { stdio: "inherit", env });
run.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
