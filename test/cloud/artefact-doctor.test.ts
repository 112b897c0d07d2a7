// A check-up of the packaged bot.

import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { doctor } from "../support/artefact/suites/doctor.ts";

doctor(scenesOfThisFile());
