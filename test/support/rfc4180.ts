/** One field of a CSV; nothing at all between two commas is told from an empty text in quotes. */
export type CsvField = { readonly text: string; readonly isQuoted: boolean };

/** Reads a CSV strictly as RFC 4180 has it: CRLF after every record, quotes only around a whole field. Throws for anything else. */
export function readCsv(csv: string): CsvField[][] {
  const records: CsvField[][] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: CsvField[] = [];
  while (pattern.lastIndex < csv.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(csv);
    if (match === null) throw new Error(`no field of a CSV at ${at}: ${JSON.stringify(csv.slice(at, at + 40))}`);
    const [, quoted, bare = "", mark] = match;
    record.push(quoted === undefined ? { text: bare, isQuoted: false } : { text: quoted.replaceAll('""', '"'), isQuoted: true });
    if (mark === ",") continue;
    records.push(record);
    record = [];
  }
  if (record.length > 0) throw new Error("the last record does not end");
  return records;
}
