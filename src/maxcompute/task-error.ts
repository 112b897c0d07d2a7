import { decodeFaultDocument } from "./decode/fault-document.ts";

export type TaskError = {
  readonly code?: string | undefined;
  readonly message: string;
  readonly requestId?: string | undefined;
};

const odpsCode = /^ODPS-[0-9A-Za-z]+/;

const codeIn = (text: string): string | undefined => {
  // A code stands at the beginning; the rest may be megabytes of stack traces.
  for (const piece of text.slice(0, 10_000).split(/ - |:/)) {
    const code = odpsCode.exec(piece.trim())?.[0];
    if (code !== undefined) return code;
  }
  return undefined;
};

/**
 * Reads the text a FAILED task leaves as its result (protocol section 8.3): an `<Error>` document, or a line such as
 * `ODPS-0130131:[1,15] Table not found - ...`, whose code is its first piece that starts with "ODPS-".
 */
export function parseTaskError(text: string): TaskError {
  const document = decodeFaultDocument(text);
  if (document !== undefined) return { ...document, message: document.message ?? text };
  return { code: codeIn(text), message: text };
}
