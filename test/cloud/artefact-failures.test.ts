// The packaged bot while its workers die, hang or are not reached, and while what it depends on fails.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { failingWorkers } from "../support/artefact/suites/failures.ts";
import { failingServices } from "../support/artefact/suites/faults.ts";

const aScene = scenesOfThisFile();

failingWorkers(aScene);
failingServices(aScene);
