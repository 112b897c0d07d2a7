/**
 * Code with every character beyond ASCII escaped, as strings, templates and patterns all may have it: a single one makes V8 keep the
 * whole source at two bytes a character, 3 MB in the ingress. esbuild escapes those of plain strings only. (Only String.raw and its like
 * could tell the difference.)
 */
export const inAscii = (code: string): string =>
  code.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
