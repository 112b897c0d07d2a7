// What the packaged bot does by itself.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { shards } from "../support/artefact/suites/shards.ts";
import { watching } from "../support/artefact/suites/watching.ts";

const aScene = scenesOfThisFile();
watching(aScene);
shards(aScene);
