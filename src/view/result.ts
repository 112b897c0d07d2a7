// What tasks have put out, and as which files.
import type { Outcome } from "../maxcompute/index.ts";
import type { InstanceLink } from "./link.ts";

export type ResultTable = {
  readonly format: "table";
  readonly taskName: string;
  readonly columns: readonly string[];
  /** null is NULL; an empty string is an empty string. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Rows that matched; `rows` are the first of them. */
  readonly rowCount: number;
  /** Rows that were looked at, before `--grep`. */
  readonly totalRows: number;
  /** The service itself cut the inline result: there are more rows than these. */
  readonly truncated: boolean;
  /** How many it has in all where it was cut; absent when that is not known. */
  readonly allRows?: number;
  /** The project lets nobody download more than `allRows`. */
  readonly isLimited?: boolean;
  /** Columns whose values are masked by policy. */
  readonly masked?: readonly string[];
};

export type ResultText = {
  readonly format: "text";
  readonly taskName: string;
  readonly text: string;
  /** The task failed: the text is its error. */
  readonly failed: boolean;
  /** It is not shown, for the reason that the text gives. */
  readonly withheld?: boolean;
};

export type ResultFile = {
  readonly name: string;
  /** Its bytes, made anew at each call: a file may be larger than memory. */
  open(): AsyncIterable<Uint8Array>;
};

export type ResultView = {
  readonly kind: "result";
  readonly link: InstanceLink;
  /** The reference under which the first table can be filtered; absent when there is none. */
  readonly filterRef?: string;
  readonly outcome: Outcome;
  readonly results: readonly (ResultTable | ResultText)[];
  /** Sent to the person's DM (or the channel, when shared) beside the reply. */
  readonly files: readonly ResultFile[];
};
