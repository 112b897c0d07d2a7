/** One cell of a result, losing nothing of what the service sent (protocol section 13.1). */
export type ResultValue =
  | null
  | boolean
  /** tinyint, smallint, int, float, double */
  | number
  /** bigint */
  | bigint
  /** string, varchar, char, json; a decimal as its text; everything of an inline result */
  | string
  /** binary */
  | Uint8Array
  | ResultTime
  /** array, vector */
  | readonly ResultValue[]
  | ResultMap
  | ResultStruct;

export type ResultTime =
  /** Days since 1970-01-01. */
  | { readonly kind: "date"; readonly days: number }
  | { readonly kind: "datetime"; readonly epochMs: number }
  /** Since the epoch; `nanos` (0 to 999,999,999) counts forward from `seconds`, also before 1970. "timestamp_ntz" has no time zone. */
  | { readonly kind: "timestamp" | "timestamp_ntz"; readonly seconds: number; readonly nanos: number }
  /** A duration, which is the sum of both parts: of a negative one `nanos` may be negative too, or count forward from `seconds`. */
  | { readonly kind: "interval_day_time"; readonly seconds: number; readonly nanos: number }
  | { readonly kind: "interval_year_month"; readonly months: number };

/** In the service's order; a key may be NULL or come twice. */
export type ResultMap = {
  readonly kind: "map";
  readonly entries: readonly (readonly [key: ResultValue, value: ResultValue])[];
};

/** In the type's order. */
export type ResultStruct = {
  readonly kind: "struct";
  readonly fields: readonly (readonly [name: string, value: ResultValue])[];
};

export type Row = readonly ResultValue[];
