import type { XflowSource } from "../xflow.ts";
import { answerLimits, walkXml } from "../xml.ts";
import { refuseForeignRoot } from "./root.ts";

/**
 * The answer to `?xsource` (protocol section 12): `<Instance><XflowInstance><Project/><Xflow/><Parameters/></XflowInstance></Instance>`.
 * Undefined when the instance is no XFlow: any other document, or an empty answer. Throws MalformedBody.
 */
export function decodeXflowSource(body: Uint8Array): XflowSource | undefined {
  if (body.byteLength === 0) return undefined;
  const parameters = new Map<string, string>();
  let isXflow = false;
  let project = "";
  let xflow = "";
  let key = "";

  const open = (name: string, depth: number) => {
    refuseForeignRoot(name, depth);
    if (depth === 2 && name === "XflowInstance") isXflow = true;
  };
  const close = (name: string, depth: number, text: string) => {
    if (!isXflow) return;
    if (depth === 3 && name === "Project") project = text.trim();
    else if (depth === 3 && name === "Xflow") xflow = text.trim();
    else if (depth === 5 && name === "Key") key = text.trim();
    else if (depth === 5 && name === "Value" && key !== "") {
      parameters.set(key, text);
      key = "";
    }
  };
  walkXml(body, { open, close }, answerLimits);
  if (!isXflow) return undefined;
  return { project: project || undefined, xflow: xflow || undefined, parameters: Object.fromEntries(parameters) };
}
