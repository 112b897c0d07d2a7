import type { TaskResult } from "../instance.ts";
import { MalformedBody } from "../malformed-body.ts";
import { decodeBase64Text } from "../text.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { parseResultDescriptor } from "./result-descriptor.ts";
import { refuseForeignRoot } from "./root.ts";
import { normalizeTaskStatus } from "./status.ts";

type Draft = { name: string; text: string; transform: string; format: string; status: string; descriptor: string };

const finish = ({ name, text, transform, format, status, descriptor }: Draft): TaskResult => {
  if (name === "") throw new MalformedBody("a result without a task name");
  return {
    taskName: name,
    format: format || "text",
    // Other spellings of the word are no promise of base64, and the recorded SDKs leave them alone.
    text: transform === "Base64" ? decodeBase64Text(text) : text,
    status: status === "" ? undefined : normalizeTaskStatus(status),
    descriptor: parseResultDescriptor(descriptor),
  };
};

/** The answer to `?result` (protocol section 7.1), by task name in the server's order. Throws MalformedBody. */
export function decodeResults(body: Uint8Array): Map<string, TaskResult> {
  const results = new Map<string, TaskResult>();
  let draft: Draft | undefined;

  const open = (name: string, depth: number, attributes: Readonly<Record<string, string>>) => {
    refuseForeignRoot(name, depth);
    if (depth === 3 && name === "Task") draft = { name: "", text: "", transform: "", format: "", status: "", descriptor: "" };
    if (draft === undefined || depth !== 4 || name !== "Result") return;
    draft.transform = attributes.Transform ?? "";
    draft.format = attributes.Format ?? "";
  };
  const readField = (into: Draft, name: string, text: string) => {
    if (name === "Name") into.name = text.trim();
    else if (name === "Result") into.text = text;
    else if (name === "Status") into.status = text.trim();
    else if (name === "ResultDescriptor") into.descriptor = text;
  };
  const close = (name: string, depth: number, text: string) => {
    if (draft === undefined) return;
    if (depth === 4) readField(draft, name, text);
    if (depth !== 3) return;
    const result = finish(draft);
    results.set(result.taskName, result);
    draft = undefined;
  };
  walkXml(body, { open, close }, answerLimits);
  return results;
}
