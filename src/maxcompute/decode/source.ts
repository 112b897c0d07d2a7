import { parseBoundedJson } from "../bounded-json.ts";
import { isJsonObject } from "../json.ts";
import { MalformedBody } from "../malformed-body.ts";
import type { InstanceSource, SourceTask } from "../task-facts.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";

/** What holds when the submitter gave none (protocol section 7.6). */
const defaultPriority = 9;

type Draft = { readonly type: string; name: string; query: string | undefined; settings: string; propertyName: string };

const flagText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** They only add to a task that stands by itself, so settings that cannot be read are none. */
const settingsFrom = (text: string): Readonly<Record<string, string>> => {
  const value = parseBoundedJson(text);
  if (!isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([flag, setting]) => [flag, flagText(setting)]));
};

const priorityFrom = (text: string): number => {
  const sent = text.trim();
  if (sent === "") return defaultPriority;
  if (!/^-?\d{1,9}$/.test(sent)) throw new MalformedBody("a priority that is no number");
  return Number(sent);
};

const finish = ({ type, name, query, settings }: Draft): SourceTask => {
  if (name === "") throw new MalformedBody("a submitted task without a name");
  return { type, name, query, settings: settingsFrom(settings) };
};

/**
 * The answer to `?source` (protocol section 7.6): `<Job><Name/><Priority/><Guid/><Tasks><SQL><Name/><Config/><Query/></SQL></Tasks></Job>`,
 * by itself or within an `<Instance>`. An element's name under `Tasks` is the task's type. Throws MalformedBody or OversizedBody.
 */
export function decodeSource(body: Uint8Array): InstanceSource {
  const tasks: SourceTask[] = [];
  let jobDepth = 0;
  let jobName = "";
  let priority = "";
  let uniqueId = "";
  let isInTasks = false;
  let draft: Draft | undefined;

  const open = (name: string, depth: number) => {
    refuseForeignRoot(name, depth);
    if (jobDepth === 0 && name === "Job" && depth <= 2) jobDepth = depth;
    if (jobDepth === 0) return;
    if (depth === jobDepth + 1) isInTasks = name === "Tasks";
    if (depth === jobDepth + 2 && isInTasks) draft = { type: name, name: "", query: undefined, settings: "", propertyName: "" };
  };
  const readJobField = (name: string, text: string) => {
    if (name === "Name") jobName = text.trim();
    else if (name === "Priority") priority = text;
    else if (name === "Guid") uniqueId = text.trim();
  };
  const readTaskField = (into: Draft, name: string, text: string) => {
    if (name === "Name") into.name = text.trim();
    else if (name === "Query") into.query = text;
  };
  const readProperty = (into: Draft, name: string, text: string) => {
    if (name === "Name") into.propertyName = text.trim();
    else if (name === "Value" && into.propertyName === "settings") into.settings = text;
  };
  const close = (name: string, depth: number, text: string) => {
    if (jobDepth === 0) return;
    if (depth === jobDepth + 1) readJobField(name, text);
    if (draft === undefined) return;
    if (depth === jobDepth + 3) readTaskField(draft, name, text);
    else if (depth === jobDepth + 5) readProperty(draft, name, text);
    if (depth !== jobDepth + 2) return;
    tasks.push(finish(draft));
    draft = undefined;
  };
  walkXml(body, { open, close }, answerLimits);
  if (jobDepth === 0) throw new MalformedBody("a source without a <Job>");
  return { jobName: jobName || undefined, priority: priorityFrom(priority), uniqueId: uniqueId || undefined, tasks };
}
