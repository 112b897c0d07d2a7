import { decodeFaultDocument } from "./decode/fault-document.ts";
import { messageWithCode } from "./error-codes.ts";

export type TaskError = {
  readonly code?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
};

const odpsCode = /^ODPS-[0-9A-Za-z]+/;

/** The whole piece is the code, as the protocol's clients read it; but a stack trace without a colon is none. */
const maxCodeLength = 100;

const codeIn = (text: string): string | undefined => {
  // A code stands at the beginning; the rest may be megabytes of stack traces.
  for (const piece of text.slice(0, 10_000).split(/ - |:/)) {
    const code = piece.trim();
    const number = odpsCode.exec(code)?.[0];
    if (number !== undefined) return code.length <= maxCodeLength ? code : number;
  }
  return undefined;
};

/**
 * Reads the text a FAILED task leaves as its result (protocol section 8.3): an `<Error>` document, or a line such as
 * `ODPS-0130131:[1,15] Table not found - ...`, whose code is its first piece that starts with "ODPS-".
 */
export function parseTaskError(text: string): TaskError {
  const document = decodeFaultDocument(text);
  if (document === undefined) return { code: codeIn(text), message: text };
  const { code, message, requestId } = document;
  return { code, message: message === undefined ? text : messageWithCode(code, message), requestId };
}
