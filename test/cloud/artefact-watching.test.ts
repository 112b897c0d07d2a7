// What the packaged bot does by itself, and what it lets nobody see.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { nothingSecretGetsOut } from "../support/artefact/suites/secrets.ts";
import { shards } from "../support/artefact/suites/shards.ts";
import { watching } from "../support/artefact/suites/watching.ts";

const aScene = scenesOfThisFile();

watching(aScene);
shards(aScene);
nothingSecretGetsOut(aScene);
