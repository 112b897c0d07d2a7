// What the packaged bot does by itself.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { watching } from "../support/artefact/suites/watching.ts";

watching(scenesOfThisFile());
