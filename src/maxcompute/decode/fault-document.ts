import { MalformedBody } from "../malformed-body.ts";
import { smallLimits, walkXml } from "../xml.ts";

export type FaultDocument = {
  /** As it came, blanks and all: some codes end in " - ". */
  readonly code: string;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
};

/**
 * `<Error><Code/><Message/><RequestId/><HostId/></Error>` (protocol section 8.1), of which only the code has to be there; undefined when
 * the text is nothing of the sort.
 */
export function decodeFaultDocument(text: string): FaultDocument | undefined {
  if (!text.trimStart().startsWith("<")) return undefined;
  let code: string | undefined;
  let message: string | undefined;
  let requestId: string | undefined;
  const close = (name: string, depth: number, content: string) => {
    if (depth !== 2) return;
    if (name === "Code") code = content;
    else if (name === "Message") message = content;
    else if (name === "RequestId") requestId = content.trim() || undefined;
  };
  try {
    walkXml(Buffer.from(text.trimStart()), { close }, smallLimits);
  } catch (error) {
    if (error instanceof MalformedBody) return undefined;
    throw error;
  }
  return code === undefined || code.trim() === "" ? undefined : { code, message, requestId };
}
