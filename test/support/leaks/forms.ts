// How a secret looks after what programs do to text on its way: a search for it as it is would miss most of it.

/** So short a text stands in many places by chance. */
const shortest = 8;

/** The characters that are the same whatever stands before and behind it; it begins at byte `offset` of a group of three. */
function base64At(offset: number, secret: string, encoding: "base64" | "base64url"): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  return bytes.toString(encoding).slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}

/** What to look for, by name. */
export function formsOf(secret: string): ReadonlyMap<string, string> {
  if (secret.length < shortest) throw new Error(`${JSON.stringify(secret)} is too short to be looked for`);
  const hex = Buffer.from(secret).toString("hex");
  const inBase64 = ([0, 1, 2] as const).flatMap((offset) =>
    (["base64", "base64url"] as const).map((encoding) => [encoding, base64At(offset, secret, encoding), offset] as const),
  );
  return new Map([
    ["as it is", secret],
    ["escaped for Slack", secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["in hex", hex],
    ["in upper-case hex", hex.toUpperCase()],
    ...inBase64.map(([encoding, text, offset]) => [`in ${encoding}, ${offset} bytes behind`, text] as const),
  ]);
}

const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString());
const jsonDecoded = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\(["\\/])/g, "$1");

/** Where to look: the text, and what it says once it is decoded, by name. What is the same as another reading is left out. */
export function readingsOf(text: string): ReadonlyMap<string, string> {
  const percent = percentDecoded(text);
  const json = jsonDecoded(text);
  const all = [
    ["", text],
    ["percent-encoded", percent],
    ["percent-encoded twice", percentDecoded(percent)],
    ["in JSON", json],
    ["in JSON in JSON", jsonDecoded(json)],
    ["percent-encoded in JSON", percentDecoded(json)],
    ["percent-encoded in JSON in JSON", percentDecoded(jsonDecoded(json))],
  ] as const;
  return new Map(all.filter(([, reading], index) => all.findIndex(([, other]) => other === reading) === index));
}
