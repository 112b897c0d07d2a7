// Approvals, and SQL from chat, as the packaged bot has them.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { approvals } from "../support/artefact/suites/approvals.ts";
import { runningSql } from "../support/artefact/suites/running.ts";

const aScene = scenesOfThisFile();

approvals(aScene);
runningSql(aScene);
