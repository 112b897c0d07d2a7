// Writes the generated parts of the README from the code: `node scripts/docs.ts --write`. A test compares them.
import { readFileSync, writeFileSync } from "node:fs";
import { generated, withGenerated } from "./docs/generated.ts";

if (process.argv.includes("--write")) writeFileSync("README.md", withGenerated(readFileSync("README.md", "utf8"), generated()));
