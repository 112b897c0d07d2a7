// The production rules that the packaged bot holds only as a whole: its minute, its paces, its expiries, its dead letters.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { thingsAtRest } from "../support/artefact/suites/at-rest.ts";
import { deadLetters } from "../support/artefact/suites/dead-letters.ts";
import { expiries } from "../support/artefact/suites/expiry.ts";
import { latestMoments } from "../support/artefact/suites/latest-moments.ts";
import { sharedPace } from "../support/artefact/suites/shared-pace.ts";

const aScene = scenesOfThisFile();

latestMoments(aScene);
thingsAtRest(aScene);
sharedPace(aScene);
expiries(aScene);
deadLetters(aScene);
