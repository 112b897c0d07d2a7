// What a benchmark is: it measures in rounds, opponents in turn, and says which bars its medians met.

export type Row = { readonly what: string; readonly values: Readonly<Record<string, string>> };

export type Bar = {
  readonly what: string;
  readonly measured: number;
  /** Met when `measured` is at most this. */
  readonly limit: number;
};

export type Report = { readonly title: string; readonly rows: readonly Row[]; readonly bars: readonly Bar[] };

export type Bench = {
  readonly about: string;
  /** `say` tells how far it is, to whoever waits. */
  run(say: (text: string) => void): Promise<Report>;
};
