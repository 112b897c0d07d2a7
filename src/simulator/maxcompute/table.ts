export type Column = { readonly name: string; readonly type: string };

/**
 * One value of a result, written as a person would: texts for decimals and times (`2026-11-20 08:15:00`, UTC),
 * `days hh:mm:ss.nanoseconds` and `years-months` for intervals, pairs for the entries of a map, the fields of a struct in their order.
 */
export type Value = null | boolean | number | bigint | string | Uint8Array | readonly Value[];
export type Row = readonly Value[];

/** What a SELECT answers. Row n is `rows[n % rows.length]`, so that a million rows need no memory. */
export type Table = {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly rowCount: number;
  /** Index of a column that holds n + 1 instead, so that no two rows are alike. */
  readonly numbered?: number;
};

/** Rows of the inline result, and of a tunnel session in limited mode: the project's limit (protocol section 7.1). */
export const rowLimit = 10_000;

export const rowAt = ({ rows, numbered }: Table, n: number): Row => {
  const row = rows[n % rows.length] ?? [];
  return numbered === undefined ? row : row.with(numbered, n + 1);
};
