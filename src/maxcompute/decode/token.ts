import { MalformedBody } from "../malformed-body.ts";
import { smallLimits, walkXml } from "../xml.ts";

/** `<Authorization><Result>TOKEN</Result></Authorization>` (protocol section 10.1). Throws MalformedBody, whose message says nothing of the content. */
export function decodeToken(body: Uint8Array): string {
  let token = "";
  const close = (name: string, depth: number, text: string) => {
    if (depth === 2 && name === "Result") token = text.trim();
  };
  try {
    walkXml(body, { close }, smallLimits);
  } catch {
    // The parser's words may quote what it stumbled over, which here is a token.
    throw new MalformedBody("not an <Authorization> document");
  }
  if (token === "") throw new MalformedBody("an <Authorization> document without a token");
  return token;
}
