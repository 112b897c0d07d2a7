import { gunzipSync } from "node:zlib";
import { formsOf, readingsOf } from "./forms.ts";

export type Texts = Readonly<Record<string, string>>;

/** Gzip in base64 begins so: it holds text that nobody could find otherwise. */
const packed = /H4sI[A-Za-z0-9+/]{16,}={0,2}/g;

function unpacked(text: string): string {
  return [...text.matchAll(packed)]
    .map(([base64]) => {
      try {
        return gunzipSync(Buffer.from(base64, "base64")).toString();
      } catch {
        return ""; // it only looked like it
      }
    })
    .join("\n");
}

/** Secrets in these texts, as `kind: name, form`, each name once a kind. */
export function findLeaks(texts: Texts, secrets: Texts): readonly string[] {
  const sought = Object.entries(secrets).map(([name, secret]) => ({ name, forms: [...formsOf(secret)] }));
  return Object.entries(texts).flatMap(([kind, text]) => {
    const readings = [...readingsOf(`${text}\n${unpacked(text)}`)];
    const formIn = (forms: readonly (readonly [string, string])[]) =>
      readings
        .flatMap(([reading, words]) => forms.flatMap(([form, looks]) => (words.includes(looks) ? [`${form} ${reading}`] : [])))
        .at(0);
    return sought.flatMap(({ name, forms }) => {
      const form = formIn(forms);
      return form === undefined ? [] : [`${kind}: ${name}, ${form.trim()}`];
    });
  });
}
