/** An event as rules match it and targets get it. */
export type BusEvent = {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
  /** Only on events that an archive plays again. */
  readonly "replay-name"?: string;
};

export const isoSeconds = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
