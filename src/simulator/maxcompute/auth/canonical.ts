import { type Call, withoutEndpointPath } from "../call.ts";
import { decodePercent, type Pair, parseQuery } from "../query.ts";

const byName = ([a]: Pair, [b]: Pair): number => {
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const resource = (path: string, query: ReadonlyMap<string, string>): string => {
  if (query.size === 0) return path;
  const parameters = [...query].sort(byName).map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  return `${path}?${parameters.join("&")}`;
};

const signedHeaders = (call: Call, query: ReadonlyMap<string, string>): readonly string[] => {
  const signed = new Map<string, string>(
    ["content-md5", "content-type", "date"].map((name) => [name, call.headers.get(name) ?? ""]),
  );
  for (const [name, value] of [...call.headers, ...query]) if (name.startsWith("x-odps-")) signed.set(name, value);
  return [...signed].sort(byName).map(([name, value]) => (name.startsWith("x-odps-") ? `${name}:${value}` : value));
};

const canonical = (call: Call, path: string, query: ReadonlyMap<string, string>): string =>
  [call.method.toUpperCase(), ...signedHeaders(call, query), resource(path, query)].join("\n");

/** What Java and Go sign: path and query decoded once (protocol section 2.1). */
const decodedOnce = (call: Call): string => canonical(call, decodePercent(withoutEndpointPath(call.path)), call.query);

/** What PyODPS signs: the whole URL is unquoted first and the query parsed, and so decoded, after that. */
const decodedTwice = (call: Call): string => {
  const unquoted = decodePercent(call.rawQuery === "" ? call.path : `${call.path}?${call.rawQuery}`);
  const at = unquoted.indexOf("?");
  const path = at < 0 ? unquoted : unquoted.slice(0, at);
  const query = at < 0 ? "" : unquoted.slice(at + 1);
  return canonical(call, withoutEndpointPath(path), new Map(parseQuery(query)));
};

/** The texts a caller may have signed for this request. */
export const canonicalStrings = (call: Call): readonly string[] => [decodedOnce(call), decodedTwice(call)];
