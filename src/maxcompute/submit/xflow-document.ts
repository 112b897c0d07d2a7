import { MaxComputeError } from "../errors.ts";
import { checkProjectName } from "../names.ts";
import { type Hints, settingsFromHints, settingsProperty } from "./settings-property.ts";
import { priorityText } from "./sql-document.ts";
import { checkXmlText, parentElement, textElement, writeXml } from "./xml-writer.ts";

export type XflowOptions = {
  /** The project the XFlow is kept in, such as `algo_public`. Default: the client's own. */
  readonly project?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** 0, the most urgent, to 9; the service's own choice when left out. */
  readonly priority?: number | undefined;
  readonly hints?: Hints | undefined;
};

/** A table or model named without its project is one of the client's project, as the recorded SDK reads it (protocol section 12). */
const qualified = (name: string, value: string, project: string): string => {
  if (name === "modelName" && !value.includes("/")) return `${project}/offlinemodels/${value}`;
  const isTable = name === "inputTableName" || name === "outputTableName";
  return isTable && !value.includes(".") ? `${project}.${value}` : value;
};

/** The body that submits an XFlow (protocol section 12). Throws "invalid" before anything is sent. */
export function xflowDocument(name: string, options: XflowOptions, clientProject: string): string {
  const { project = clientProject, parameters = {}, priority, hints = {} } = options;
  if (name.trim() === "") throw new MaxComputeError("invalid", "The XFlow has no name");
  const settings = new Map(settingsFromHints(hints));
  const parameter = ([key, value]: readonly [string, string]) =>
    parentElement("Parameter", [
      textElement("Key", checkXmlText("parameter", key)),
      textElement("Value", checkXmlText("parameter", qualified(key, value, clientProject))),
    ]);
  const xflow = parentElement("XflowInstance", [
    textElement("Project", checkProjectName(project)),
    textElement("Xflow", checkXmlText("XFlow name", name)),
    parentElement("Parameters", Object.entries(parameters).map(parameter)),
    ...(priority === undefined ? [] : [textElement("Priority", priorityText(priority))]),
    ...(settings.size === 0 ? [] : [parentElement("Config", [settingsProperty(settings)])]),
  ]);
  return writeXml(parentElement("Instance", [xflow]));
}
