import { invalidArgument, noSuchProject, Refusal } from "../errors.ts";
import { childAt, textAt, type XmlNode } from "../read-xml.ts";
import { publicProject, requiredParameters } from "../xflow-catalogue.ts";
import { priorityOf, settingsOf } from "./read-job.ts";

/** What a submission of an XFlow asks for (protocol section 12). */
export type XflowJob = {
  readonly project: string;
  readonly name: string;
  readonly parameters: readonly (readonly [key: string, value: string])[];
  readonly priority: number;
  readonly settings?: string;
  readonly guid?: string;
};

const parametersOf = (node: XmlNode | undefined): XflowJob["parameters"] => {
  const pairs = (node?.children ?? []).map(
    (parameter) => [textAt(parameter, "Key") ?? "", textAt(parameter, "Value") ?? ""] as const,
  );
  const names = pairs.map(([key]) => key);
  if (names.includes("")) throw invalidArgument("a parameter of the XFlow has no Key");
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw invalidArgument(`the parameter ${twice} of the XFlow is given twice`);
  return pairs;
};

const check = ({ name, parameters }: XflowJob): void => {
  const required = requiredParameters(name);
  if (required === undefined) throw new Refusal(404, "NoSuchObject", `ODPS-0422171: XFlow not found - '${name}'`);
  const missing = required.find((key) => !parameters.some(([given, value]) => given === key && value !== ""));
  if (missing !== undefined) throw invalidArgument(`the XFlow ${name} needs the parameter ${missing}`);
};

/** Reads `<XflowInstance>…`. Throws a Refusal for an unknown XFlow or project, and for parameters that cannot be right. */
export const readXflow = (node: XmlNode, ownProject: string): XflowJob => {
  const [project, name] = [textAt(node, "Project") ?? "", textAt(node, "Xflow") ?? ""];
  if (project === "" || name === "") throw invalidArgument("an XflowInstance needs its Project and its Xflow");
  if (project !== publicProject && project !== ownProject) throw noSuchProject(project);
  const settings = settingsOf(node);
  const guid = textAt(node, "Guid") ?? "";
  const job: XflowJob = {
    project,
    name,
    parameters: parametersOf(childAt(node, "Parameters")),
    priority: priorityOf(textAt(node, "Priority")),
    ...(settings !== undefined && { settings }),
    ...(guid !== "" && { guid }),
  };
  check(job);
  return job;
};
