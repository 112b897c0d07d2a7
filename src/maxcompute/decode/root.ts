import { MalformedBody } from "../malformed-body.ts";

/**
 * Refuses a document that cannot be MaxCompute's answer although its status was 200: a proxy's login page, or an error in disguise.
 * Other roots pass: clients of this protocol do not look at the root's name (protocol section 7.2).
 */
export function refuseForeignRoot(name: string, depth: number): void {
  if (depth !== 1) return;
  const lower = name.toLowerCase();
  if (lower === "html" || lower === "error") throw new MalformedBody(`an <${lower}> document`);
}
