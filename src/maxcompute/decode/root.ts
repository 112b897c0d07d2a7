import { MalformedBody } from "../malformed-body.ts";

const refuse = (name: string): never => {
  throw new MalformedBody(`an <${name}> document`);
};

/**
 * Refuses a document that cannot be MaxCompute's answer although its status was 200: a proxy's login page, or an error in disguise.
 * Other roots pass: clients of this protocol do not look at the root's name (protocol section 7.2).
 */
export function refuseForeignRoot(name: string, depth: number): void {
  if (depth !== 1) return;
  const lower = name.toLowerCase();
  if (lower === "html" || lower === "error") refuse(lower);
}

/** The same for an answer that may be any text. */
export function refuseForeignText(text: string): void {
  const lower = text.slice(0, 1000).toLowerCase();
  const name = /^\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+)?(html|error)\b/.exec(lower)?.[1];
  if (name !== undefined) refuse(name);
}
