// Modals and menus of what would be deployed.
import { scenesOfThisFile } from "../support/artefact/scenes.ts";
import { modalsAndMenus } from "../support/artefact/suites/modals.ts";

modalsAndMenus(scenesOfThisFile());
