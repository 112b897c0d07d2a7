// Nothing secret gets out of the packaged bot.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { nothingSecretGetsOut } from "../support/artefact/suites/secrets.ts";

nothingSecretGetsOut(scenesOfThisFile());
