export type Pair = readonly [name: string, value: string];

/** Decodes `%XX` once, and `+` to a space; a stray `%` stays as it is, as in Python and Java. */
export const decodeQueryText = (text: string): string => decodePercent(text.replaceAll("+", " "));

/** Decodes runs of `%XX` once, as UTF-8. */
export const decodePercent = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));

/** Name and value of each parameter, decoded once; `k` and `k=` are alike (protocol section 1). */
export const parseQuery = (raw: string): readonly Pair[] =>
  raw
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [decodeQueryText(part), ""] : [decodeQueryText(part.slice(0, at)), decodeQueryText(part.slice(at + 1))];
    });
