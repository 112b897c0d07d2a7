// Writes what comes from the code: the tables in the docs and the Slack app's manifest. `node scripts/docs.ts --write`; a test compares.
import { readFileSync, writeFileSync } from "node:fs";
import { generated, slackManifest, withGenerated } from "./docs/generated.ts";

if (process.argv.includes("--write")) {
  for (const [page, parts] of Object.entries(generated())) writeFileSync(page, withGenerated(readFileSync(page, "utf8"), parts));
  writeFileSync("slack-manifest.yml", slackManifest());
}
