// Approvals as the packaged bot has them.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { approvals } from "../support/artefact/suites/approvals.ts";

approvals(scenesOfThisFile());
